-- The name everyone reads. On one node another name for generic_logs_0, in a fleet the Distributed table: the
-- same SQL on both. An Alias and not a VIEW, because a view has no PREWHERE and no _part, which the
-- Distributed table has, and does not follow a column added to the target.
CREATE TABLE IF NOT EXISTS otel.generic_logs
ENGINE = Alias('otel', 'generic_logs_0')
