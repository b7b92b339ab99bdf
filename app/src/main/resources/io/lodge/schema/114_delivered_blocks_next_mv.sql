-- The step itself.
CREATE MATERIALIZED VIEW IF NOT EXISTS otel.delivered_blocks_next_mv TO otel.delivered_blocks_next
AS SELECT
    Token,
    Table,
    Rows
FROM otel.delivered_blocks_landing
