-- What the models of each block cost, by day.
CREATE MATERIALIZED VIEW IF NOT EXISTS analytics.token_usage_daily_mv TO analytics.token_usage_daily_0
AS SELECT
    organization_id,
    model,
    provider,
    toDate(timestamp, 'UTC') AS day,
    sum(tokens_prompt) AS total_prompt_tokens,
    sum(tokens_completion) AS total_completion_tokens,
    sum(cost_usd) AS total_cost_usd,
    count() AS request_count,
    uniqCombined64State(uuid) AS unique_requests
FROM analytics.events_landing
WHERE event = '$llm_request'
GROUP BY
    organization_id,
    model,
    provider,
    day
