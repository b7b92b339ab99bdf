-- The name everyone reads, as for generic_logs.
CREATE TABLE IF NOT EXISTS otel.otel_traces_trace_id_ts
ENGINE = Alias('otel', 'otel_traces_trace_id_ts_0')
