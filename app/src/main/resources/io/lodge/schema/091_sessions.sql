-- The name everyone reads, as for generic_logs.
CREATE TABLE IF NOT EXISTS analytics.sessions
ENGINE = Alias('analytics', 'sessions_0')
