-- The name everyone reads, as for generic_logs.
CREATE TABLE IF NOT EXISTS otel.server_text_log
ENGINE = Alias('otel', 'server_text_log_0')
