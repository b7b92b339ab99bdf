-- Spans, as stored. Names and types are the OpenTelemetry ClickHouse exporter's and ClickStack's where they have them,
-- so that Grafana, HyperDX and users' SQL work unchanged; then what the protocol has beside, and LogHouse's columns.
-- Why, and what is measured and what not: docs/decisions/traces_and_metrics.md.
CREATE TABLE IF NOT EXISTS otel.otel_traces_0
(
    -- When the span began.
    `Timestamp` DateTime64(9) CODEC(Delta(8), ZSTD(1)),
    -- When the gateway had read it: the same for a whole request.
    `ReceivedAt` DateTime64(9) CODEC(Delta(8), ZSTD(1)),
    `TraceId` String CODEC(ZSTD(1)),
    `SpanId` String CODEC(ZSTD(1)),
    `ParentSpanId` String CODEC(ZSTD(1)),
    `TraceState` String CODEC(ZSTD(1)),
    -- All 32 bits: W3C's in the low 8, and whether the parent is remote in the next two.
    `Flags` UInt32 CODEC(ZSTD(1)),
    `SpanName` LowCardinality(String) CODEC(ZSTD(1)),
    `SpanKind` LowCardinality(String) CODEC(ZSTD(1)),
    `ServiceName` LowCardinality(String) CODEC(ZSTD(1)),
    -- What people filter by first, taken out of ResourceAttributes by the view.
    `Namespace` LowCardinality(String) CODEC(ZSTD(1)),
    `PodName` LowCardinality(String) CODEC(ZSTD(1)),
    `Cluster` LowCardinality(String) CODEC(ZSTD(1)),
    `Cell` LowCardinality(String) CODEC(ZSTD(1)),
    `Region` LowCardinality(String) CODEC(ZSTD(1)),
    `ResourceSchemaUrl` LowCardinality(String) CODEC(ZSTD(1)),
    -- Values repeat with every row of a process; as in generic_logs_0.
    `ResourceAttributes` Map(LowCardinality(String), LowCardinality(String)) CODEC(ZSTD(1)),
    `ResourceDroppedAttributesCount` UInt32 CODEC(ZSTD(1)),
    `ScopeSchemaUrl` LowCardinality(String) CODEC(ZSTD(1)),
    `ScopeName` LowCardinality(String) CODEC(ZSTD(1)),
    `ScopeVersion` LowCardinality(String) CODEC(ZSTD(1)),
    `ScopeAttributes` Map(LowCardinality(String), LowCardinality(String)) CODEC(ZSTD(1)),
    `ScopeDroppedAttributesCount` UInt32 CODEC(ZSTD(1)),
    -- Values here are often unique: a dictionary would hold them all.
    `SpanAttributes` Map(LowCardinality(String), String) CODEC(ZSTD(1)),
    `SpanDroppedAttributesCount` UInt32 CODEC(ZSTD(1)),
    -- Nanoseconds.
    `Duration` UInt64 CODEC(T64, ZSTD(1)),
    `StatusCode` LowCardinality(String) CODEC(ZSTD(1)),
    `StatusMessage` String CODEC(ZSTD(1)),
    `Events.Timestamp` Array(DateTime64(9)) CODEC(ZSTD(1)),
    `Events.Name` Array(LowCardinality(String)) CODEC(ZSTD(1)),
    `Events.Attributes` Array(Map(LowCardinality(String), String)) CODEC(ZSTD(1)),
    `Events.DroppedAttributesCount` Array(UInt32) CODEC(ZSTD(1)),
    `DroppedEventsCount` UInt32 CODEC(ZSTD(1)),
    `Links.TraceId` Array(String) CODEC(ZSTD(1)),
    `Links.SpanId` Array(String) CODEC(ZSTD(1)),
    `Links.TraceState` Array(String) CODEC(ZSTD(1)),
    `Links.Attributes` Array(Map(LowCardinality(String), String)) CODEC(ZSTD(1)),
    `Links.DroppedAttributesCount` Array(UInt32) CODEC(ZSTD(1)),
    `Links.Flags` Array(UInt32) CODEC(ZSTD(1)),
    `DroppedLinksCount` UInt32 CODEC(ZSTD(1)),
    `Tenant` LowCardinality(String) CODEC(ZSTD(1)),
    -- How many spans the row stands for: sum(SampleRate) is the count before a routing rule sampled.
    `SampleRate` UInt32 DEFAULT 1 CODEC(ZSTD(1)),
    INDEX idx_timestamp Timestamp TYPE minmax GRANULARITY 1,
    -- The rows of the last seconds, each second: /api/tail.
    INDEX idx_received_at ReceivedAt TYPE minmax GRANULARITY 1,
    INDEX idx_trace_id TraceId TYPE bloom_filter(0.001) GRANULARITY 1,
    -- One attribute value (an order, a user) anywhere.
    INDEX idx_span_attr_value mapValues(SpanAttributes) TYPE bloom_filter(0.01) GRANULARITY 1,
    -- The slowest spans.
    INDEX idx_duration Duration TYPE minmax GRANULARITY 1
)
ENGINE = MergeTree
-- One partition per day: expiry drops whole partitions.
PARTITION BY toDate(Timestamp)
ORDER BY (ServiceName, SpanName, toDateTime(Timestamp))
-- A trace is looked at within days; a month covers the review of an incident.
TTL toDateTime(Timestamp) + toIntervalDay(30)
SETTINGS
    -- A part goes as a whole when its last row has expired; no part is rewritten for expiry.
    ttl_only_drop_parts = 1,
    -- As in generic_logs_0.
    non_replicated_deduplication_window = 10000,
    -- A trace's spans lie in as many granules as it has services and names, and of each all is read: 12 spans of 1.2M in
    -- 44 ms of CPU instead of 63, for the same disk. Fixed when a table is created; older tables keep theirs.
    index_granularity = 2048
