-- The name everyone reads, as for generic_logs.
CREATE TABLE IF NOT EXISTS otel.prom_metadata
ENGINE = Alias('otel', 'prom_metadata_0')
