-- Which builds' schemas were applied here. A build applies no schema older than the newest of these: an old
-- gateway that starts again after an upgrade would put the old views back.
CREATE TABLE IF NOT EXISTS otel.schema_revisions
(
    `Revision` UInt32,
    `AppliedAt` DateTime DEFAULT now()
)
ENGINE = MergeTree
ORDER BY Revision
