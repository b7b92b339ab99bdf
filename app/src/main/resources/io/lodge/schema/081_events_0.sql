-- Product-analytics events, as stored: HIP-47's columns, codecs, order and months.
-- Where it differs from the standard's text, and why: docs/decisions/analytics.md.
CREATE TABLE IF NOT EXISTS analytics.events_0
(
    `uuid` UUID CODEC(LZ4),
    `team_id` UInt64 CODEC(Delta(8), LZ4),
    `distinct_id` String CODEC(ZSTD(3)),
    `session_id` String CODEC(ZSTD(3)),
    `event` String CODEC(ZSTD(1)),
    `timestamp` DateTime64(3, 'UTC') CODEC(DoubleDelta, LZ4),
    `created_at` DateTime64(3, 'UTC') CODEC(DoubleDelta, LZ4),
    -- What the sender said, as JSON, without prompts and completions of models.
    `properties` String CODEC(ZSTD(3)),
    `url` String CODEC(ZSTD(3)),
    `referrer` String CODEC(ZSTD(3)),
    `host` String CODEC(ZSTD(3)),
    `pathname` String CODEC(ZSTD(3)),
    `browser` LowCardinality(String) CODEC(ZSTD(1)),
    `browser_version` String CODEC(ZSTD(1)),
    `os` LowCardinality(String) CODEC(ZSTD(1)),
    `os_version` String CODEC(ZSTD(1)),
    `device_type` LowCardinality(String) CODEC(ZSTD(1)),
    -- Two letters. LowCardinality(FixedString(2)) is a type that ClickHouse only makes under
    -- allow_suspicious_low_cardinality_types, and says "nothing" as two zero bytes.
    `country_code` LowCardinality(String) CODEC(ZSTD(1)),
    `city` LowCardinality(String) CODEC(ZSTD(1)),
    `region` LowCardinality(String) CODEC(ZSTD(1)),
    `utm_source` LowCardinality(String) CODEC(ZSTD(1)),
    `utm_medium` LowCardinality(String) CODEC(ZSTD(1)),
    `utm_campaign` LowCardinality(String) CODEC(ZSTD(1)),
    `model` LowCardinality(String) CODEC(ZSTD(1)),
    `provider` LowCardinality(String) CODEC(ZSTD(1)),
    `tokens_prompt` UInt32 CODEC(Delta(4), LZ4),
    `tokens_completion` UInt32 CODEC(Delta(4), LZ4),
    `cost_usd` Decimal(18, 8) CODEC(Delta(8), LZ4),
    `organization_id` String CODEC(ZSTD(1)),
    `project_id` String CODEC(ZSTD(1)),
    `api_key_id` String CODEC(ZSTD(1)),
    -- Days that the event's team keeps events; 0 where it is the standard's 12 months.
    `retention_days` UInt16 CODEC(ZSTD(1)),
    `expires_at` DateTime CODEC(Delta(4), ZSTD(1))
)
-- An event that its sender sends again has the same uuid, and so the same key: merges keep one of them, and
-- SELECT … FINAL shows one at once.
ENGINE = ReplacingMergeTree(created_at)
-- HIP-47's months. And parts drop as a whole, so rows that expire apart lie apart: by the month of expiry,
-- or by the day where a team keeps less than 90 days.
PARTITION BY (toYYYYMM(timestamp), if((retention_days > 0) AND (retention_days < 90), toYYYYMMDD(expires_at), toYYYYMM(expires_at)))
ORDER BY (team_id, toDate(timestamp), event, cityHash64(distinct_id), uuid)
TTL expires_at
SETTINGS ttl_only_drop_parts = 1, non_replicated_deduplication_window = 10000
