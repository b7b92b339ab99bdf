-- Which series of Prometheus' remote write had samples on a day, with their labels: where a selector looks first.
-- Gateways send a series once an hour, or more often, so rows repeat until they are merged: ask with FINAL, or
-- GROUP BY SeriesId. Why: docs/decisions/prometheus.md.
CREATE TABLE IF NOT EXISTS otel.prom_series_0
(
    `Day` Date CODEC(ZSTD(1)),
    `MetricName` LowCardinality(String) CODEC(ZSTD(1)),
    -- xxHash64 of tenant and all labels; only ids of one metric have to differ.
    `SeriesId` UInt64 CODEC(ZSTD(1)),
    -- All labels but __name__.
    `Labels` Map(LowCardinality(String), String) CODEC(ZSTD(1)),
    `Tenant` LowCardinality(String) CODEC(ZSTD(1)),
    `ReceivedAt` DateTime64(9) CODEC(Delta(8), ZSTD(1))
)
ENGINE = ReplacingMergeTree
PARTITION BY toYYYYMM(Day)
ORDER BY (MetricName, Day, SeriesId)
TTL Day + toIntervalDay(400)
SETTINGS
    ttl_only_drop_parts = 1,
    -- How many blocks back a resent one is recognised by its token.
    non_replicated_deduplication_window = 10000
