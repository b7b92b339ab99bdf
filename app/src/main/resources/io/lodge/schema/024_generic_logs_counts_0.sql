-- Logs counted: for histograms, facets and completion that would otherwise read every row. A row for each five minutes
-- and each combination of what people filter and count by; all of these are columns of generic_logs_0, so a search
-- over them is the same SQL here. Lodge asks this table for the whole five minutes of a range, and only where it
-- adds up to as many rows as generic_logs_0 has on these days: docs/decisions/generic_logs.md.
CREATE TABLE IF NOT EXISTS otel.generic_logs_counts_0
(
    -- The beginning of the five minutes.
    `EventTime` DateTime CODEC(Delta(4), ZSTD(1)),
    `SeverityNumber` UInt8 CODEC(ZSTD(1)),
    `SeverityText` LowCardinality(String) CODEC(ZSTD(1)),
    `ServiceName` LowCardinality(String) CODEC(ZSTD(1)),
    `Namespace` LowCardinality(String) CODEC(ZSTD(1)),
    `PodName` LowCardinality(String) CODEC(ZSTD(1)),
    `ContainerName` LowCardinality(String) CODEC(ZSTD(1)),
    `NodeName` LowCardinality(String) CODEC(ZSTD(1)),
    `Cluster` LowCardinality(String) CODEC(ZSTD(1)),
    `Cell` LowCardinality(String) CODEC(ZSTD(1)),
    `Region` LowCardinality(String) CODEC(ZSTD(1)),
    `ScopeName` LowCardinality(String) CODEC(ZSTD(1)),
    `Tenant` LowCardinality(String) CODEC(ZSTD(1)),
    `Count` UInt64 CODEC(T64, ZSTD(1))
)
ENGINE = SummingMergeTree(Count)
-- The same days as generic_logs_0, so that both forget the same.
PARTITION BY toDate(EventTime)
ORDER BY (toStartOfHour(EventTime), Namespace, ServiceName, PodName, ContainerName, NodeName, Cluster, Cell, Region, ScopeName, SeverityNumber, SeverityText, Tenant, EventTime)
TTL EventTime + toIntervalDay(180)
SETTINGS
    ttl_only_drop_parts = 1,
    -- A block sent again is counted once.
    non_replicated_deduplication_window = 10000
