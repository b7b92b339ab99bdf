-- What each metric is: the last row received for a name is the one that counts. Senders repeat it every minute.
CREATE TABLE IF NOT EXISTS otel.prom_metadata_0
(
    `MetricName` LowCardinality(String) CODEC(ZSTD(1)),
    `Type` LowCardinality(String) CODEC(ZSTD(1)),
    `Help` String CODEC(ZSTD(1)),
    `Unit` LowCardinality(String) CODEC(ZSTD(1)),
    `Tenant` LowCardinality(String) CODEC(ZSTD(1)),
    `ReceivedAt` DateTime64(9) CODEC(ZSTD(1))
)
ENGINE = ReplacingMergeTree(ReceivedAt)
ORDER BY (Tenant, MetricName, Type, Help, Unit)
SETTINGS
    non_replicated_deduplication_window = 10000
