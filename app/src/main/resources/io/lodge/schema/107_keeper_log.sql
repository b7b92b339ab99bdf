-- The name everyone reads, as for generic_logs.
CREATE TABLE IF NOT EXISTS otel.keeper_log
ENGINE = Alias('otel', 'keeper_log_0')
