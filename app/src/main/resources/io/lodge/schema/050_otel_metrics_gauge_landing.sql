-- Where gateways insert; nothing stays here. The columns are the gateway's Native block, in its order.
CREATE TABLE IF NOT EXISTS otel.otel_metrics_gauge_landing
(
    `MetricName` LowCardinality(String),
    `MetricDescription` LowCardinality(String),
    `MetricUnit` LowCardinality(String),
    `MetricMetadata` Map(LowCardinality(String), LowCardinality(String)),
    `Attributes` Map(LowCardinality(String), String),
    `StartTimeUnix` DateTime64(9),
    `TimeUnix` DateTime64(9),
    `Flags` UInt32,
    `ServiceName` LowCardinality(String),
    `ResourceSchemaUrl` LowCardinality(String),
    `ResourceAttributes` Map(LowCardinality(String), LowCardinality(String)),
    `ResourceDroppedAttributesCount` UInt32,
    `ScopeSchemaUrl` LowCardinality(String),
    `ScopeName` LowCardinality(String),
    `ScopeVersion` LowCardinality(String),
    `ScopeAttributes` Map(LowCardinality(String), LowCardinality(String)),
    `ScopeDroppedAttributesCount` UInt32,
    `Tenant` LowCardinality(String),
    `ReceivedAt` DateTime64(9),
    `Value` Float64,
    `ValueInt` Int64,
    `ValueType` UInt8,
    `Exemplars.FilteredAttributes` Array(Map(LowCardinality(String), String)),
    `Exemplars.TimeUnix` Array(DateTime64(9)),
    `Exemplars.Value` Array(Float64),
    `Exemplars.ValueInt` Array(Int64),
    `Exemplars.ValueType` Array(UInt8),
    `Exemplars.SpanId` Array(String),
    `Exemplars.TraceId` Array(String)
)
ENGINE = Null
