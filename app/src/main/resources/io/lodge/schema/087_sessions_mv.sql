-- Each block of events becomes states of its sessions; merges bring together what late events add.
-- HIP-47's view writes plain values, of which the last merged would win.
CREATE MATERIALIZED VIEW IF NOT EXISTS analytics.sessions_mv TO analytics.sessions_0
AS SELECT
    team_id,
    session_id,
    distinct_id,
    toStartOfMonth(timestamp) AS month,
    toStartOfMonth(expires_at) AS expires_in,
    min(timestamp) AS session_start,
    max(timestamp) AS session_end,
    uniqState(uuid) AS event_count,
    uniqIfState(uuid, event = '$pageview') AS pageview_count,
    argMinState(CAST(source.url, 'String'), CAST(timestamp, 'DateTime64(3, \'UTC\')')) AS entry_url,
    argMaxState(CAST(source.url, 'String'), CAST(timestamp, 'DateTime64(3, \'UTC\')')) AS exit_url,
    argMinState(CAST(source.referrer, 'String'), CAST(timestamp, 'DateTime64(3, \'UTC\')')) AS initial_referrer,
    argMinState(CAST(source.utm_source, 'String'), CAST(timestamp, 'DateTime64(3, \'UTC\')')) AS initial_utm_source,
    argMinState(CAST(source.utm_medium, 'String'), CAST(timestamp, 'DateTime64(3, \'UTC\')')) AS initial_utm_medium,
    argMinState(CAST(source.utm_campaign, 'String'), CAST(timestamp, 'DateTime64(3, \'UTC\')')) AS initial_utm_campaign,
    argMinState(CAST(source.browser, 'String'), CAST(timestamp, 'DateTime64(3, \'UTC\')')) AS browser,
    argMinState(CAST(source.os, 'String'), CAST(timestamp, 'DateTime64(3, \'UTC\')')) AS os,
    argMinState(CAST(source.device_type, 'String'), CAST(timestamp, 'DateTime64(3, \'UTC\')')) AS device_type,
    argMinState(CAST(source.country_code, 'String'), CAST(timestamp, 'DateTime64(3, \'UTC\')')) AS country_code
FROM analytics.events_landing AS source
WHERE session_id != ''
GROUP BY
    team_id,
    session_id,
    distinct_id,
    month,
    expires_in
