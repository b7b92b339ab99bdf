-- The name everyone reads, as for generic_logs.
CREATE TABLE IF NOT EXISTS analytics.events
ENGINE = Alias('analytics', 'events_0')
