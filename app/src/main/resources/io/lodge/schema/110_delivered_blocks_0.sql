-- Which blocks of which segments are stored: written by ClickHouse itself, in the same insert and after every other
-- target, so a row here says that all of the block is stored. What a gateway may have sent and whose token may be
-- forgotten by now is looked up here before it is sent again. Why and what it costs: docs/decisions/delivered-blocks.md.
CREATE TABLE IF NOT EXISTS otel.delivered_blocks_0
(
    -- The token's two parts: the segment's id, and what the segment calls the block: mostly the landing table; some of
    -- its rows are `table/rows/FROM-TO`, one that became a dead letter `table/refused/FROM-TO`.
    `Segment` String CODEC(ZSTD(1)),
    `Block` LowCardinality(String) CODEC(ZSTD(1)),
    -- The landing table, and how many rows came to it.
    `Table` LowCardinality(String) CODEC(ZSTD(1)),
    `Rows` UInt64 CODEC(T64, ZSTD(1)),
    `StoredAt` DateTime64(3) CODEC(Delta(8), ZSTD(1))
)
-- A block sent again later than this table remembers its token leaves a second row: folded.
ENGINE = ReplacingMergeTree
-- No partitions: with one for each week, a block sent again in the next would be there twice, for tokens are remembered
-- for each partition. 39 bytes a block: 8 blocks a second make 0.8 GB in the 30 days.
ORDER BY (Segment, Block)
-- Longer than a segment waits: a journal that was away for longer is sent without asking.
TTL toDateTime(StoredAt) + toIntervalDay(30)
-- All landing tables' blocks come here.
SETTINGS non_replicated_deduplication_window = 100000
