-- The name everyone reads, as for generic_logs.
CREATE TABLE IF NOT EXISTS otel.generic_logs_counts
ENGINE = Alias('otel', 'generic_logs_counts_0')
