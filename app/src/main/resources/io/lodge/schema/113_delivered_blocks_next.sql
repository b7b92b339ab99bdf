-- One step more on the way to delivered_blocks_0: of the targets of one insert, ClickHouse commits those behind more
-- views later, and this one must be the last, behind generic_logs_counts_0 too.
CREATE TABLE IF NOT EXISTS otel.delivered_blocks_next
(
    `Token` String,
    `Table` LowCardinality(String),
    `Rows` UInt64
)
ENGINE = Null
