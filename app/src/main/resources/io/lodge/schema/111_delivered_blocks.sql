-- The name everyone reads, as for generic_logs.
CREATE TABLE IF NOT EXISTS otel.delivered_blocks
ENGINE = Alias('otel', 'delivered_blocks_0')
