-- What models cost, by day: HIP-47's columns, as sums that later rows are added to.
CREATE TABLE IF NOT EXISTS analytics.token_usage_daily_0
(
    `organization_id` String CODEC(ZSTD(1)),
    `model` LowCardinality(String) CODEC(ZSTD(1)),
    `provider` LowCardinality(String) CODEC(ZSTD(1)),
    `day` Date CODEC(ZSTD(1)),
    `total_prompt_tokens` SimpleAggregateFunction(sum, UInt64) CODEC(ZSTD(1)),
    `total_completion_tokens` SimpleAggregateFunction(sum, UInt64) CODEC(ZSTD(1)),
    `total_cost_usd` SimpleAggregateFunction(sum, Decimal(38, 8)) CODEC(ZSTD(1)),
    `request_count` SimpleAggregateFunction(sum, UInt64) CODEC(ZSTD(1)),
    -- More requests than unique ones: some came twice, and are summed twice. events FINAL has the truth then.
    `unique_requests` AggregateFunction(uniqCombined64, UUID) CODEC(ZSTD(1))
)
ENGINE = AggregatingMergeTree
PARTITION BY toYYYYMM(day)
ORDER BY (organization_id, model, provider, day)
TTL day + toIntervalMonth(36)
SETTINGS ttl_only_drop_parts = 1, non_replicated_deduplication_window = 10000
