-- The name everyone reads, as for generic_logs.
CREATE TABLE IF NOT EXISTS analytics.token_usage_daily
ENGINE = Alias('analytics', 'token_usage_daily_0')
