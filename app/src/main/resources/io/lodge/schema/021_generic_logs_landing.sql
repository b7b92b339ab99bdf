-- Where gateways insert logs. Nothing stays here: views shape the rows into their targets, so the stored form
-- can change without a change, or a restart, of any gateway. The columns are the gateway's Native block,
-- in its order.
CREATE TABLE IF NOT EXISTS otel.generic_logs_landing
(
    `Timestamp` DateTime64(9),
    `ObservedTimestamp` DateTime64(9),
    `TraceId` String,
    `SpanId` String,
    `TraceFlags` UInt32,
    `SeverityText` LowCardinality(String),
    `SeverityNumber` UInt8,
    `ServiceName` LowCardinality(String),
    `Body` String,
    `EventName` LowCardinality(String),
    `ResourceSchemaUrl` LowCardinality(String),
    `ResourceAttributes` Map(LowCardinality(String), LowCardinality(String)),
    `ResourceDroppedAttributesCount` UInt32,
    `ScopeSchemaUrl` LowCardinality(String),
    `ScopeName` LowCardinality(String),
    `ScopeVersion` LowCardinality(String),
    `ScopeAttributes` Map(LowCardinality(String), LowCardinality(String)),
    `ScopeDroppedAttributesCount` UInt32,
    `LogAttributes` Map(LowCardinality(String), String),
    `LogDroppedAttributesCount` UInt32,
    `Tenant` LowCardinality(String),
    `ReceivedAt` DateTime64(9),
    `SampleRate` UInt32
)
ENGINE = Null
