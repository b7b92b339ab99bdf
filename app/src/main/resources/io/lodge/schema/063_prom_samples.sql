-- The name everyone reads, as for generic_logs.
CREATE TABLE IF NOT EXISTS otel.prom_samples
ENGINE = Alias('otel', 'prom_samples_0')
