-- Samples of Prometheus' remote write, laid out for PromQL: those of a metric together, of a series in time order.
-- Every number behind it: docs/decisions/prometheus.md.
CREATE TABLE IF NOT EXISTS otel.prom_samples_0
(
    `MetricName` LowCardinality(String) CODEC(ZSTD(1)),
    `SeriesId` UInt64 CODEC(Delta(8), ZSTD(1)),
    `Timestamp` DateTime64(3) CODEC(DoubleDelta, ZSTD(1)),
    -- Bit for bit: a stale marker is the NaN 0x7ff0000000000002.
    `Value` Float64 CODEC(Gorilla(8), ZSTD(1)),
    -- When the counter began (remote write 2); 1970 if the sender did not say.
    `StartTimestamp` DateTime64(3) CODEC(DoubleDelta, ZSTD(1)),
    `Tenant` LowCardinality(String) CODEC(ZSTD(1))
)
ENGINE = MergeTree
PARTITION BY toDate(Timestamp)
ORDER BY (MetricName, SeriesId, Timestamp)
TTL toDateTime(Timestamp) + toIntervalDay(400)
SETTINGS
    ttl_only_drop_parts = 1,
    non_replicated_deduplication_window = 10000
