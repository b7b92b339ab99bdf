-- What gateways received, and what of it is stored: kept like books, by double entry. A row of the side 'received' or
-- 'refused' is what a gateway told its clients, written once a minute; a row of the side 'stored' travels as the last
-- block of the segment that it is about, after all its other blocks are in their tables. Each side is summed by
-- minute of receipt and source; where they differ, records are on their way or missing: docs/operations/ledger.md.
CREATE TABLE IF NOT EXISTS otel.delivery_ledger_0
(
    -- In which clients' requests were received.
    `Minute` DateTime CODEC(Delta(4), ZSTD(1)),
    `Side` LowCardinality(String) CODEC(ZSTD(1)),
    -- The journal that took the requests: what its segments' ids begin with.
    `Gateway` LowCardinality(String) CODEC(ZSTD(1)),
    `Tenant` LowCardinality(String) CODEC(ZSTD(1)),
    `Protocol` LowCardinality(String) CODEC(ZSTD(1)),
    -- '(other)' beyond 1,000 services of a segment.
    `ServiceName` LowCardinality(String) CODEC(ZSTD(1)),
    -- What the rows are read from; empty for requests without rows.
    `Table` LowCardinality(String) CODEC(ZSTD(1)),
    -- Of refused requests.
    `Reason` LowCardinality(String) CODEC(ZSTD(1)),
    -- Of stored rows: the segment. Neighbours of one key differ in its last digits.
    `Segment` String CODEC(ZSTD(1)),
    `Requests` UInt64 CODEC(T64, ZSTD(1)),
    -- Accepted for their own table.
    `Records` UInt64 CODEC(T64, ZSTD(1)),
    `DeadLettered` UInt64 CODEC(T64, ZSTD(1)),
    -- By routing rules.
    `Dropped` UInt64 CODEC(T64, ZSTD(1)),
    -- In the table, and those of them that were within a day of their expiry when they were received.
    `Rows` UInt64 CODEC(T64, ZSTD(1)),
    `RowsLate` UInt64 CODEC(T64, ZSTD(1)),
    -- Of bodies, as sent.
    `Bytes` UInt64 CODEC(T64, ZSTD(1)),
    `WrittenAt` DateTime MATERIALIZED now() CODEC(Delta(4), ZSTD(1)),
    -- What became of a segment, by its id.
    INDEX idx_segment Segment TYPE bloom_filter(0.001) GRANULARITY 1
)
-- Not SummingMergeTree: the sum would be as exact, but a segment could not be found any more, and a segment written
-- twice would be two more of something, not a row that can be seen.
ENGINE = MergeTree
-- Weeks: small enough to expire, large enough that a table of a few megabytes a day is a few parts.
PARTITION BY toMonday(Minute)
-- Asked by time, then summed by source: rows of a source's minute lie together and compress to little.
ORDER BY (Minute, Tenant, Protocol, ServiceName, Table, Side, Gateway, Reason, Segment)
TTL Minute + toIntervalDay(90)
SETTINGS ttl_only_drop_parts = 1, non_replicated_deduplication_window = 10000
