-- Sessions, as states that any later event of a session merges into, and that the same event twice does not change.
CREATE TABLE IF NOT EXISTS analytics.sessions_0
(
    `team_id` UInt64 CODEC(ZSTD(1)),
    `session_id` String CODEC(ZSTD(3)),
    `distinct_id` String CODEC(ZSTD(3)),
    -- HIP-47 partitions by the month of session_start, which a late event changes: a row cannot move. This is the
    -- month of the events; a session over midnight of a month's last day has two rows, merged when read.
    `month` Date CODEC(ZSTD(1)),
    `expires_in` Date CODEC(ZSTD(1)),
    `session_start` SimpleAggregateFunction(min, DateTime64(3, 'UTC')) CODEC(ZSTD(1)),
    `session_end` SimpleAggregateFunction(max, DateTime64(3, 'UTC')) CODEC(ZSTD(1)),
    -- Of the events' uuids: exact to 65,536 events, and the same for an event that came twice.
    `event_count` AggregateFunction(uniq, UUID) CODEC(ZSTD(1)),
    `pageview_count` AggregateFunction(uniqIf, UUID, UInt8) CODEC(ZSTD(1)),
    `entry_url` AggregateFunction(argMin, String, DateTime64(3, 'UTC')) CODEC(ZSTD(1)),
    `exit_url` AggregateFunction(argMax, String, DateTime64(3, 'UTC')) CODEC(ZSTD(1)),
    `initial_referrer` AggregateFunction(argMin, String, DateTime64(3, 'UTC')) CODEC(ZSTD(1)),
    `initial_utm_source` AggregateFunction(argMin, String, DateTime64(3, 'UTC')) CODEC(ZSTD(1)),
    `initial_utm_medium` AggregateFunction(argMin, String, DateTime64(3, 'UTC')) CODEC(ZSTD(1)),
    `initial_utm_campaign` AggregateFunction(argMin, String, DateTime64(3, 'UTC')) CODEC(ZSTD(1)),
    `browser` AggregateFunction(argMin, String, DateTime64(3, 'UTC')) CODEC(ZSTD(1)),
    `os` AggregateFunction(argMin, String, DateTime64(3, 'UTC')) CODEC(ZSTD(1)),
    `device_type` AggregateFunction(argMin, String, DateTime64(3, 'UTC')) CODEC(ZSTD(1)),
    `country_code` AggregateFunction(argMin, String, DateTime64(3, 'UTC')) CODEC(ZSTD(1))
)
ENGINE = AggregatingMergeTree
PARTITION BY (toYYYYMM(month), expires_in)
ORDER BY (team_id, session_id, distinct_id, month, expires_in)
TTL expires_in + toIntervalMonth(1)
SETTINGS ttl_only_drop_parts = 1, non_replicated_deduplication_window = 10000
