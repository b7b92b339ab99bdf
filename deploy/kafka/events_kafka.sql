-- HIP-47's alternative to Lodge's own Kafka source: ClickHouse reads the topic itself. Not applied by Lodge; run it
-- where you want it, with your brokers, topic and group.
--
-- It differs from a source in `kafka:` of Lodge's configuration: ClickHouse commits offsets after the insert and not
-- with it, so what it had inserted when it was killed it inserts again (at least once, not exactly once), and a message
-- that cannot be parsed goes to events_kafka_errors instead of otel.dead_letters. It needs no gateway.
CREATE TABLE analytics.events_kafka
(
    `uuid` String,
    `team_id` UInt64,
    `event` String,
    `timestamp` String,
    `distinct_id` String,
    `properties` String
)
ENGINE = Kafka
SETTINGS
    kafka_broker_list = 'kafka:9092',
    kafka_topic_list = 'hanzo_events',
    kafka_group_name = 'clickhouse_events_consumer',
    kafka_format = 'JSONEachRow',
    -- Not more than there are partitions, nor than half of the cores; HIP-47 has 4.
    kafka_num_consumers = 1,
    kafka_max_block_size = 65536,
    -- HIP-47 leaves this out: one message that is no JSON would then stop the topic for ever.
    kafka_handle_error_mode = 'stream';

CREATE MATERIALIZED VIEW analytics.events_kafka_mv TO analytics.events
AS SELECT
    -- `read.`, since a bare uuid or timestamp below would be the column made here, not the one read.
    toUUIDOrZero(read.uuid) AS uuid,
    team_id,
    event,
    parseDateTime64BestEffortOrZero(read.timestamp, 3, 'UTC') AS timestamp,
    now64(3) AS created_at,
    distinct_id,
    properties
FROM analytics.events_kafka AS read
-- A view that throws stops the topic too: what is no event goes the other way.
WHERE (_error = '') AND (toUUIDOrNull(read.uuid) IS NOT NULL) AND (parseDateTime64BestEffortOrNull(read.timestamp, 3, 'UTC') IS NOT NULL);

CREATE TABLE analytics.events_kafka_errors
(
    `at` DateTime64(3),
    `topic` LowCardinality(String),
    `partition` UInt64,
    `offset` UInt64,
    `error` String,
    `message` String
)
ENGINE = MergeTree
ORDER BY at
TTL toDateTime(at) + toIntervalDay(30);

CREATE MATERIALIZED VIEW analytics.events_kafka_errors_mv TO analytics.events_kafka_errors
AS SELECT
    now64(3) AS at,
    _topic AS topic,
    _partition AS partition,
    _offset AS offset,
    if(_error = '', 'no valid uuid or timestamp', _error) AS error,
    if(_error = '', concat(read.uuid, ' ', read.timestamp, ' ', read.event), _raw_message) AS message
FROM analytics.events_kafka AS read
WHERE (_error != '') OR (toUUIDOrNull(read.uuid) IS NULL) OR (parseDateTime64BestEffortOrNull(read.timestamp, 3, 'UTC') IS NULL);
