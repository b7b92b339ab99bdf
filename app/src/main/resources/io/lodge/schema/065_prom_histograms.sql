-- The name everyone reads, as for generic_logs.
CREATE TABLE IF NOT EXISTS otel.prom_histograms
ENGINE = Alias('otel', 'prom_histograms_0')
