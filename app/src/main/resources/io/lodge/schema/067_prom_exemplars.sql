-- The name everyone reads, as for generic_logs.
CREATE TABLE IF NOT EXISTS otel.prom_exemplars
ENGINE = Alias('otel', 'prom_exemplars_0')
