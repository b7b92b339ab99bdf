-- The name everyone reads, as for generic_logs.
CREATE TABLE IF NOT EXISTS otel.otel_metrics_sum
ENGINE = Alias('otel', 'otel_metrics_sum_0')
