-- Histograms with explicit bounds, as stored: a row per data point. otel_metrics_gauge_0 says why.
CREATE TABLE IF NOT EXISTS otel.otel_metrics_histogram_0
(
    `ServiceName` LowCardinality(String) CODEC(ZSTD(1)),
    `MetricName` LowCardinality(String) CODEC(ZSTD(1)),
    `MetricDescription` LowCardinality(String) CODEC(ZSTD(1)),
    `MetricUnit` LowCardinality(String) CODEC(ZSTD(1)),
    `MetricMetadata` Map(LowCardinality(String), LowCardinality(String)) CODEC(ZSTD(1)),
    `Attributes` Map(LowCardinality(String), String) CODEC(ZSTD(1)),
    `StartTimeUnix` DateTime64(9) CODEC(Delta(8), ZSTD(1)),
    `TimeUnix` DateTime64(9) CODEC(DoubleDelta, ZSTD(1)),
    `Count` UInt64 CODEC(ZSTD(1)),
    `Sum` Float64 CODEC(ZSTD(1)),
    -- Sum, Min and Max are 0 where the sender gives none: these tell.
    `HasSum` Bool CODEC(ZSTD(1)),
    `Min` Float64 CODEC(ZSTD(1)),
    `HasMin` Bool CODEC(ZSTD(1)),
    `Max` Float64 CODEC(ZSTD(1)),
    `HasMax` Bool CODEC(ZSTD(1)),
    -- 0: unspecified; 1: delta; 2: cumulative.
    `AggregationTemporality` Int32 CODEC(ZSTD(1)),
    -- One more than there are bounds: the last bucket has none.
    `BucketCounts` Array(UInt64) CODEC(ZSTD(1)),
    `ExplicitBounds` Array(Float64) CODEC(ZSTD(1)),
    `Flags` UInt32 CODEC(ZSTD(1)),
    `Exemplars.FilteredAttributes` Array(Map(LowCardinality(String), String)) CODEC(ZSTD(1)),
    `Exemplars.TimeUnix` Array(DateTime64(9)) CODEC(ZSTD(1)),
    `Exemplars.Value` Array(Float64) CODEC(ZSTD(1)),
    `Exemplars.ValueInt` Array(Int64) CODEC(ZSTD(1)),
    `Exemplars.ValueType` Array(UInt8) CODEC(ZSTD(1)),
    `Exemplars.SpanId` Array(String) CODEC(ZSTD(1)),
    `Exemplars.TraceId` Array(String) CODEC(ZSTD(1)),
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
    `ScopeDroppedAttrCount` UInt32 CODEC(ZSTD(1)),
    `Tenant` LowCardinality(String) CODEC(ZSTD(1)),
    `ReceivedAt` DateTime64(9) CODEC(Delta(8), ZSTD(1)),
    INDEX idx_attr_value mapValues(Attributes) TYPE bloom_filter(0.01) GRANULARITY 1,
    INDEX idx_time TimeUnix TYPE minmax GRANULARITY 1
)
ENGINE = MergeTree
PARTITION BY toDate(TimeUnix)
ORDER BY (ServiceName, MetricName, toStartOfHour(toDateTime(TimeUnix)), cityHash64(Attributes), TimeUnix)
TTL toDateTime(TimeUnix) + toIntervalDay(400)
SETTINGS ttl_only_drop_parts = 1, non_replicated_deduplication_window = 10000
