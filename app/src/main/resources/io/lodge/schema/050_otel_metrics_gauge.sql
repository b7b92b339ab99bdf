-- The name everyone reads, as for generic_logs.
CREATE TABLE IF NOT EXISTS otel.otel_metrics_gauge
ENGINE = Alias('otel', 'otel_metrics_gauge_0')
