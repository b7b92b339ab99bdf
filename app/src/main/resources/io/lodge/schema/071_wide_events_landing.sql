-- Where gateways insert wide events, as generic_logs_landing is for logs.
CREATE TABLE IF NOT EXISTS otel.wide_events_landing
(
    `Timestamp` DateTime64(9),
    `Dataset` LowCardinality(String),
    `ServiceName` LowCardinality(String),
    `labels` Map(LowCardinality(String), String),
    `numbers` Map(LowCardinality(String), Float64),
    `Tenant` LowCardinality(String),
    `ReceivedAt` DateTime64(9),
    `SampleRate` UInt32 DEFAULT 1
)
ENGINE = Null
