-- The name everyone reads, as for generic_logs.
CREATE TABLE IF NOT EXISTS analytics.events_hourly
ENGINE = Alias('analytics', 'events_hourly_0')
