-- The name everyone reads, as for generic_logs.
CREATE TABLE IF NOT EXISTS otel.otel_metrics_exponential_histogram
ENGINE = Alias('otel', 'otel_metrics_exponential_histogram_0')
