-- Native histograms of Prometheus' remote write as the wire has them: with whole numbers (Deltas, from bucket to
-- bucket) or floating point ones (Counts), as IsFloat says.
CREATE TABLE IF NOT EXISTS otel.prom_histograms_0
(
    `MetricName` LowCardinality(String) CODEC(ZSTD(1)),
    `SeriesId` UInt64 CODEC(Delta(8), ZSTD(1)),
    `Timestamp` DateTime64(3) CODEC(DoubleDelta, ZSTD(1)),
    `StartTimestamp` DateTime64(3) CODEC(DoubleDelta, ZSTD(1)),
    `IsFloat` Bool CODEC(ZSTD(1)),
    `CountInt` UInt64 CODEC(ZSTD(1)),
    `CountFloat` Float64 CODEC(ZSTD(1)),
    -- A stale marker is here, as NaN 0x7ff0000000000002.
    `Sum` Float64 CODEC(ZSTD(1)),
    `Schema` Int32 CODEC(ZSTD(1)),
    `ZeroThreshold` Float64 CODEC(ZSTD(1)),
    `ZeroCountInt` UInt64 CODEC(ZSTD(1)),
    `ZeroCountFloat` Float64 CODEC(ZSTD(1)),
    `NegativeSpanOffsets` Array(Int32) CODEC(ZSTD(1)),
    `NegativeSpanLengths` Array(UInt32) CODEC(ZSTD(1)),
    `NegativeDeltas` Array(Int64) CODEC(ZSTD(1)),
    `NegativeCounts` Array(Float64) CODEC(ZSTD(1)),
    `PositiveSpanOffsets` Array(Int32) CODEC(ZSTD(1)),
    `PositiveSpanLengths` Array(UInt32) CODEC(ZSTD(1)),
    `PositiveDeltas` Array(Int64) CODEC(ZSTD(1)),
    `PositiveCounts` Array(Float64) CODEC(ZSTD(1)),
    `ResetHint` UInt8 CODEC(ZSTD(1)),
    `CustomValues` Array(Float64) CODEC(ZSTD(1)),
    `Tenant` LowCardinality(String) CODEC(ZSTD(1))
)
ENGINE = MergeTree
PARTITION BY toDate(Timestamp)
ORDER BY (MetricName, SeriesId, Timestamp)
TTL toDateTime(Timestamp) + toIntervalDay(400)
SETTINGS
    ttl_only_drop_parts = 1,
    non_replicated_deduplication_window = 10000
