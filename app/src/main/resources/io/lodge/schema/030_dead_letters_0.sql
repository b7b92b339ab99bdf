-- Records that were accepted and could not be stored where they belong, with the reason: looked at by people,
-- sent again by tools. Small, so one partition per month and no extracted columns.
CREATE TABLE IF NOT EXISTS otel.dead_letters_0
(
    `ReceivedAt` DateTime64(9) CODEC(Delta(8), ZSTD(1)),
    `Kind` LowCardinality(String) CODEC(ZSTD(1)),
    `Reason` LowCardinality(String) CODEC(ZSTD(1)),
    `Detail` String CODEC(ZSTD(1)),
    `Tenant` LowCardinality(String) CODEC(ZSTD(1)),
    `ServiceName` LowCardinality(String) CODEC(ZSTD(1)),
    -- The record's bytes as received; rarely read.
    `Record` String CODEC(ZSTD(3)),
    `RecordOffset` UInt64 CODEC(ZSTD(1)),
    -- Of a row that ClickHouse refused: the landing table it was for. Its record is a block of the Native format.
    `Target` LowCardinality(String) CODEC(ZSTD(1)),
    -- What a request around the record alone needs, so that it can be sent again: what its request said beside the
    -- body, and what the record lay in. Every row of a source repeats it.
    `Context` LowCardinality(String) CODEC(ZSTD(1)),
    `Resource` LowCardinality(String) CODEC(ZSTD(1)),
    `Scope` LowCardinality(String) CODEC(ZSTD(1)),
    `Parent` LowCardinality(String) CODEC(ZSTD(1)),
    -- What tools call the letter. Of the record and where it was, so that a row which is stored twice is one letter.
    `Id` String MATERIALIZED lower(hex(sipHash128(toUnixTimestamp64Nano(ReceivedAt), Kind, Reason, Detail, Tenant, RecordOffset, Record))) CODEC(ZSTD(1))
)
ENGINE = MergeTree
PARTITION BY toYYYYMM(ReceivedAt)
-- Asked by reason: which, since when, how many.
ORDER BY (Kind, Reason, ReceivedAt)
TTL toDateTime(ReceivedAt) + toIntervalDay(180)
SETTINGS ttl_only_drop_parts = 1, non_replicated_deduplication_window = 10000
