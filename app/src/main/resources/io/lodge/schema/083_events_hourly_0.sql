-- Counts by hour. `events` is what came in; unique_events and unique_users do not change when an event comes twice.
CREATE TABLE IF NOT EXISTS analytics.events_hourly_0
(
    `team_id` UInt64 CODEC(ZSTD(1)),
    `event` LowCardinality(String) CODEC(ZSTD(1)),
    `hour` DateTime('UTC') CODEC(Delta(4), ZSTD(1)),
    `count` SimpleAggregateFunction(sum, UInt64) CODEC(ZSTD(1)),
    -- HIP-47 has uniqHLL12 without -State, of which two cannot be added.
    `unique_events` AggregateFunction(uniqCombined64, UUID) CODEC(ZSTD(1)),
    `unique_users` AggregateFunction(uniqCombined64, String) CODEC(ZSTD(1))
)
ENGINE = AggregatingMergeTree
PARTITION BY toYYYYMM(hour)
ORDER BY (team_id, event, hour)
TTL hour + toIntervalMonth(36)
SETTINGS ttl_only_drop_parts = 1, non_replicated_deduplication_window = 10000
