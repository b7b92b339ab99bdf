-- Takes the token apart.
CREATE MATERIALIZED VIEW IF NOT EXISTS otel.delivered_blocks_mv TO otel.delivered_blocks_0
AS SELECT
    substring(Token, 1, position(Token, '/') - 1) AS Segment,
    substring(Token, position(Token, '/') + 1) AS Block,
    Table,
    Rows,
    now64(3) AS StoredAt
FROM otel.delivered_blocks_next
