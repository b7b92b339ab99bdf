-- Wide events, as stored: one row for what happened, with everything that was known about it.
-- Every number below: docs/decisions/wide_events.md (1.5M rows of 14 fields, CPU-seconds per million rows).
CREATE TABLE IF NOT EXISTS otel.wide_events_0
(
    `Timestamp` DateTime64(9) CODEC(Delta(8), ZSTD(1)),
    -- When the gateway had read the event: the same for a whole request. Measures lateness.
    `ReceivedAt` DateTime64(9) CODEC(Delta(8), ZSTD(1)),
    -- The same moment as Timestamp, in seconds: for the sort key, the TTL and charts.
    `EventTime` DateTime CODEC(Delta(4), ZSTD(1)),
    -- Which stream of events it is: the last part of the path it was sent to, or Elasticsearch's index.
    `Dataset` LowCardinality(String) CODEC(ZSTD(1)),
    `ServiceName` LowCardinality(String) CODEC(ZSTD(1)),
    -- The labels that are asked for all day, computed when a part is written. Others are added later by
    -- `lodge schema promote`; older parts answer through the map.
    `host` LowCardinality(String) MATERIALIZED if(labels['host'] != '', labels['host'], labels['host.name']) CODEC(ZSTD(1)),
    `status` LowCardinality(String) MATERIALIZED labels['status'] CODEC(ZSTD(1)),
    `application` LowCardinality(String) MATERIALIZED if(labels['application'] != '', labels['application'], ServiceName) CODEC(ZSTD(1)),
    -- Every field as text, exactly as sent; nested ones under joined names, arrays as JSON.
    `labels` Map(LowCardinality(String), String) CODEC(ZSTD(1)),
    -- The fields that are numbers, once more: avg(numbers['size']) needs no cast. Float64 is exact for whole numbers
    -- up to 2^53; beyond, the exact digits are in labels.
    `numbers` Map(LowCardinality(String), Float64) CODEC(ZSTD(1)),
    `Tenant` LowCardinality(String) CODEC(ZSTD(1)),
    -- How many events the row stands for: sum(SampleRate) is the count before a routing rule sampled.
    `SampleRate` UInt32 DEFAULT 1 CODEC(ZSTD(1)),
    INDEX idx_timestamp Timestamp TYPE minmax GRANULARITY 1,
    -- The rows of the last seconds, each second: /api/tail.
    INDEX idx_received_at ReceivedAt TYPE minmax GRANULARITY 1,
    -- Which events have a field at all: a small dictionary, so a text index costs little.
    INDEX idx_label_keys mapKeys(labels) TYPE text(tokenizer = 'array') GRANULARITY 100000000,
    -- One value anywhere, such as a request id: 12 ms of CPU instead of 375. A text index is as fast, but half of
    -- an event's values are unique: it takes 2.2 times the disk of all else, 4 times the insert and 3 times the merge.
    INDEX idx_label_values mapValues(labels) TYPE bloom_filter(0.01) GRANULARITY 1
)
ENGINE = MergeTree
-- As for logs: expiry drops whole partitions.
PARTITION BY toDate(Timestamp)
-- The seed's key, behind the dataset that every question names: rows of a host within a minute lie together, and
-- within it those of one status and application.
ORDER BY (Dataset, host, toStartOfMinute(EventTime), status, application)
TTL EventTime + toIntervalDay(180)
SETTINGS
    ttl_only_drop_parts = 1,
    non_replicated_deduplication_window = 10000,
    -- One field is read in 212 ms of CPU instead of 578 and the disk is 6% less, for 1.4 times the merge. Small new
    -- parts stay plain; merges bring the buckets. By default only maps of 32 fields and more have any.
    map_serialization_version = 'with_buckets',
    map_serialization_version_for_zero_level_parts = 'basic',
    map_buckets_strategy = 'sqrt',
    map_buckets_min_avg_size = 1,
    max_buckets_in_map = 32
