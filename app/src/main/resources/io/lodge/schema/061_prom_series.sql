-- The name everyone reads, as for generic_logs.
CREATE TABLE IF NOT EXISTS otel.prom_series
ENGINE = Alias('otel', 'prom_series_0')
