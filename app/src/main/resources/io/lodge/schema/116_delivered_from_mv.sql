-- Notes each block that came to {table} under a token; one such view behind every table that gateways insert into.
-- Inserts by hand mostly have no token, and are not noted.
CREATE MATERIALIZED VIEW IF NOT EXISTS otel.delivered_from_{name}_mv TO otel.delivered_blocks_landing
AS SELECT
    toString(getSetting('insert_deduplication_token')) AS Token,
    '{table}' AS Table,
    count() AS Rows
FROM {table}
GROUP BY Token
HAVING position(Token, '/') > 0
