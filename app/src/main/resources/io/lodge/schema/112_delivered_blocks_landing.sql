-- Where the views behind all landing tables note a block.
CREATE TABLE IF NOT EXISTS otel.delivered_blocks_landing
(
    `Token` String,
    `Table` LowCardinality(String),
    `Rows` UInt64
)
ENGINE = Null
