-- Exemplars of Prometheus' remote write: the way from a sample to a trace, by Labels['trace_id'].
CREATE TABLE IF NOT EXISTS otel.prom_exemplars_0
(
    `MetricName` LowCardinality(String) CODEC(ZSTD(1)),
    `SeriesId` UInt64 CODEC(Delta(8), ZSTD(1)),
    `Timestamp` DateTime64(3) CODEC(DoubleDelta, ZSTD(1)),
    `Value` Float64 CODEC(ZSTD(1)),
    `Labels` Map(LowCardinality(String), String) CODEC(ZSTD(1)),
    `Tenant` LowCardinality(String) CODEC(ZSTD(1))
)
ENGINE = MergeTree
PARTITION BY toDate(Timestamp)
ORDER BY (MetricName, SeriesId, Timestamp)
TTL toDateTime(Timestamp) + toIntervalDay(30)
SETTINGS
    ttl_only_drop_parts = 1,
    non_replicated_deduplication_window = 10000
