-- The name everyone reads, as for generic_logs.
CREATE TABLE IF NOT EXISTS otel.wide_events
ENGINE = Alias('otel', 'wide_events_0')
