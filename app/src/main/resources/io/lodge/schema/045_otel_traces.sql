-- The name everyone reads, as for generic_logs.
CREATE TABLE IF NOT EXISTS otel.otel_traces
ENGINE = Alias('otel', 'otel_traces_0')
