-- From what gateways send to what is stored.
CREATE MATERIALIZED VIEW IF NOT EXISTS otel.wide_events_mv TO otel.wide_events_0
AS SELECT
    Timestamp,
    ReceivedAt,
    toDateTime(Timestamp) AS EventTime,
    Dataset,
    ServiceName,
    labels,
    numbers,
    Tenant,
    SampleRate
FROM otel.wide_events_landing
