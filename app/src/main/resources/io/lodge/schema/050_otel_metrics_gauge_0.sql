-- Gauges, as stored: a row per data point. Names and types are the OpenTelemetry ClickHouse exporter's and
-- ClickStack's where they have them, so that Grafana, HyperDX and users' SQL work unchanged; then what the protocol
-- has beside. What is said here of a column holds for all tables of metrics.
-- Why, and what is measured and what not: docs/decisions/traces_and_metrics.md.
CREATE TABLE IF NOT EXISTS otel.otel_metrics_gauge_0
(
    `ServiceName` LowCardinality(String) CODEC(ZSTD(1)),
    `MetricName` LowCardinality(String) CODEC(ZSTD(1)),
    `MetricDescription` LowCardinality(String) CODEC(ZSTD(1)),
    `MetricUnit` LowCardinality(String) CODEC(ZSTD(1)),
    -- Of the metric itself, such as prometheus.type.
    `MetricMetadata` Map(LowCardinality(String), LowCardinality(String)) CODEC(ZSTD(1)),
    -- What makes the series, with the metric, the service and the resource. Often unique values: no dictionary.
    `Attributes` Map(LowCardinality(String), String) CODEC(ZSTD(1)),
    -- Since when a cumulative value counts; 1970 if the sender does not say. Constant for most of a series.
    `StartTimeUnix` DateTime64(9) CODEC(Delta(8), ZSTD(1)),
    -- Rows of one series lie together in time order: its times differ by the interval.
    `TimeUnix` DateTime64(9) CODEC(DoubleDelta, ZSTD(1)),
    -- The value, of an integer as near as a double comes. Bit for bit: a NaN keeps its payload, as Prometheus'
    -- stale marker needs.
    `Value` Float64 CODEC(ZSTD(1)),
    -- The exact value of an integer; 0 for others.
    `ValueInt` Int64 CODEC(ZSTD(1)),
    -- 0: the point has no value; 1: it is a double, Value; 2: an integer, ValueInt.
    `ValueType` UInt8 CODEC(ZSTD(1)),
    -- Bit 0: no value was recorded.
    `Flags` UInt32 CODEC(ZSTD(1)),
    `Exemplars.FilteredAttributes` Array(Map(LowCardinality(String), String)) CODEC(ZSTD(1)),
    `Exemplars.TimeUnix` Array(DateTime64(9)) CODEC(ZSTD(1)),
    `Exemplars.Value` Array(Float64) CODEC(ZSTD(1)),
    `Exemplars.ValueInt` Array(Int64) CODEC(ZSTD(1)),
    `Exemplars.ValueType` Array(UInt8) CODEC(ZSTD(1)),
    `Exemplars.SpanId` Array(String) CODEC(ZSTD(1)),
    `Exemplars.TraceId` Array(String) CODEC(ZSTD(1)),
    -- What people filter by first, taken out of ResourceAttributes by the view.
    `Namespace` LowCardinality(String) CODEC(ZSTD(1)),
    `PodName` LowCardinality(String) CODEC(ZSTD(1)),
    `Cluster` LowCardinality(String) CODEC(ZSTD(1)),
    `Cell` LowCardinality(String) CODEC(ZSTD(1)),
    `Region` LowCardinality(String) CODEC(ZSTD(1)),
    `ResourceSchemaUrl` LowCardinality(String) CODEC(ZSTD(1)),
    `ResourceAttributes` Map(LowCardinality(String), LowCardinality(String)) CODEC(ZSTD(1)),
    `ResourceDroppedAttributesCount` UInt32 CODEC(ZSTD(1)),
    `ScopeSchemaUrl` LowCardinality(String) CODEC(ZSTD(1)),
    `ScopeName` LowCardinality(String) CODEC(ZSTD(1)),
    `ScopeVersion` LowCardinality(String) CODEC(ZSTD(1)),
    `ScopeAttributes` Map(LowCardinality(String), LowCardinality(String)) CODEC(ZSTD(1)),
    -- The exporter's name.
    `ScopeDroppedAttrCount` UInt32 CODEC(ZSTD(1)),
    `Tenant` LowCardinality(String) CODEC(ZSTD(1)),
    `ReceivedAt` DateTime64(9) CODEC(Delta(8), ZSTD(1)),
    -- One attribute value (a host, a route) of any metric.
    INDEX idx_attr_value mapValues(Attributes) TYPE bloom_filter(0.01) GRANULARITY 1,
    -- Filters by TimeUnix alone, as in generic_logs_0.
    INDEX idx_time TimeUnix TYPE minmax GRANULARITY 1
)
ENGINE = MergeTree
-- One partition per day: expiry drops whole partitions.
PARTITION BY toDate(TimeUnix)
-- A metric of a service first; then the hour, so that a question about an hour touches that hour; inside it one
-- series after the other, each in time order, which is how times and values compress.
ORDER BY (ServiceName, MetricName, toStartOfHour(toDateTime(TimeUnix)), cityHash64(Attributes), TimeUnix)
-- A year and a month: this month beside the same of last year.
TTL toDateTime(TimeUnix) + toIntervalDay(400)
SETTINGS ttl_only_drop_parts = 1, non_replicated_deduplication_window = 10000
