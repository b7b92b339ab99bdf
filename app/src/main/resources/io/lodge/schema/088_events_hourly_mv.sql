-- Counts of each block, by hour.
CREATE MATERIALIZED VIEW IF NOT EXISTS analytics.events_hourly_mv TO analytics.events_hourly_0
AS SELECT
    team_id,
    event,
    toStartOfHour(toDateTime(timestamp, 'UTC')) AS hour,
    count() AS count,
    uniqCombined64State(uuid) AS unique_events,
    uniqCombined64State(distinct_id) AS unique_users
FROM analytics.events_landing
GROUP BY
    team_id,
    event,
    hour
