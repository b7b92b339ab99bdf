-- Counts what is stored, behind generic_logs_mv, which has taken the columns out of the maps already: 0.25 s of CPU per
-- million rows.
CREATE MATERIALIZED VIEW IF NOT EXISTS otel.generic_logs_counts_mv TO otel.generic_logs_counts_0
AS SELECT
    toStartOfFiveMinutes(EventTime) AS EventTime,
    SeverityNumber,
    SeverityText,
    ServiceName,
    Namespace,
    PodName,
    ContainerName,
    NodeName,
    Cluster,
    Cell,
    Region,
    ScopeName,
    Tenant,
    count() AS Count
FROM otel.generic_logs_0
GROUP BY
    EventTime,
    SeverityNumber,
    SeverityText,
    ServiceName,
    Namespace,
    PodName,
    ContainerName,
    NodeName,
    Cluster,
    Cell,
    Region,
    ScopeName,
    Tenant
