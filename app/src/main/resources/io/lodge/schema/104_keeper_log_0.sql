-- What ClickHouse Keeper logs: as much as all servers, and of use until an issue is resolved, so a week and few indexes.
-- Otherwise as server_text_log_0: the lines are alike.
CREATE TABLE IF NOT EXISTS otel.keeper_log_0
(
    `Timestamp` DateTime64(9) CODEC(Delta(8), ZSTD(1)),
    `ObservedTimestamp` DateTime64(9) CODEC(Delta(8), ZSTD(1)),
    `ReceivedAt` DateTime64(9) CODEC(Delta(8), ZSTD(1)),
    `EventDate` Date CODEC(ZSTD(1)),
    `EventTime` DateTime CODEC(Delta(4), ZSTD(1)),
    `TraceId` String CODEC(ZSTD(1)),
    `SpanId` String CODEC(ZSTD(1)),
    `TraceFlags` UInt32 CODEC(ZSTD(1)),
    `SeverityText` LowCardinality(String) CODEC(ZSTD(1)),
    `SeverityNumber` Int32 CODEC(ZSTD(1)),
    `ServiceName` LowCardinality(String) CODEC(ZSTD(1)),
    -- The message alone: what stands before it in the line is in the columns below.
    `Body` String CODEC(ZSTD(1)),
    `EventName` LowCardinality(String) CODEC(ZSTD(1)),
    `Namespace` LowCardinality(String) CODEC(ZSTD(1)),
    `Cell` LowCardinality(String) CODEC(ZSTD(1)),
    `CloudProvider` LowCardinality(String) CODEC(ZSTD(1)),
    `Region` LowCardinality(String) CODEC(ZSTD(1)),
    `ContainerName` LowCardinality(String) CODEC(ZSTD(1)),
    `PodName` LowCardinality(String) CODEC(ZSTD(1)),
    -- Empty where no query is at work; a merge has the part's name here.
    `query_id` String CODEC(ZSTD(1)),
    `logger_name` LowCardinality(String) CODEC(ZSTD(1)),
    `source_file` LowCardinality(String) CODEC(ZSTD(1)),
    `source_line` LowCardinality(String) CODEC(ZSTD(1)),
    -- As ClickHouse writes it: Fatal, Error, Warning, Information, Debug, Trace, and so on.
    `level` LowCardinality(String) CODEC(ZSTD(1)),
    `thread_name` LowCardinality(String) CODEC(ZSTD(1)),
    `thread_id` LowCardinality(String) CODEC(ZSTD(1)),
    `ResourceSchemaUrl` LowCardinality(String) CODEC(ZSTD(1)),
    `ScopeSchemaUrl` LowCardinality(String) CODEC(ZSTD(1)),
    `ScopeName` LowCardinality(String) CODEC(ZSTD(1)),
    `ScopeVersion` LowCardinality(String) CODEC(ZSTD(1)),
    -- Maps as in generic_logs_0: values of resources and scopes repeat.
    `ScopeAttributes` Map(LowCardinality(String), LowCardinality(String)) CODEC(ZSTD(1)),
    `ScopeDroppedAttributesCount` UInt32 CODEC(ZSTD(1)),
    `ResourceAttributes` Map(LowCardinality(String), LowCardinality(String)) CODEC(ZSTD(1)),
    `ResourceDroppedAttributesCount` UInt32 CODEC(ZSTD(1)),
    `LogAttributes` Map(LowCardinality(String), String) CODEC(ZSTD(1)),
    `LogDroppedAttributesCount` UInt32 CODEC(ZSTD(1)),
    `Tenant` LowCardinality(String) CODEC(ZSTD(1)),
    -- How many records the row stands for, as in generic_logs_0.
    `SampleRate` UInt32 DEFAULT 1 CODEC(ZSTD(1)),
    INDEX idx_timestamp Timestamp TYPE minmax GRANULARITY 1,
    -- The rows of the last seconds, each second: /api/tail.
    INDEX idx_received_at ReceivedAt TYPE minmax GRANULARITY 1,
    INDEX idx_Namespace Namespace TYPE bloom_filter(0.001) GRANULARITY 1,
    INDEX idx_body Body TYPE tokenbf_v1(32768, 3, 0) GRANULARITY 1
)
ENGINE = MergeTree
-- The same day as EventDate, by which LogHouse partitions; this way filters by Timestamp alone leave out other days.
PARTITION BY toDate(Timestamp)
-- LogHouse's key: support looks at the pods of one cluster, in the order of time.
ORDER BY (PodName, Timestamp)
TTL EventTime + toIntervalDay(7)
SETTINGS
    index_granularity = 8192,
    -- A part goes as a whole when its last row has expired.
    ttl_only_drop_parts = 1,
    -- As in generic_logs_0.
    non_replicated_deduplication_window = 10000
