-- Logs, as stored. Names and types are the OpenTelemetry ClickHouse exporter's where it has them, so that
-- Grafana, HyperDX and users' SQL work unchanged; the extracted columns are LogHouse's.
-- Every number below: docs/decisions/generic_logs.md (3M rows, CPU-seconds per million rows).
CREATE TABLE IF NOT EXISTS otel.generic_logs_0
(
    -- Delta turns neighbours' times into small numbers; 5.3 bytes of 8 are left under this key.
    `Timestamp` DateTime64(9) CODEC(Delta(8), ZSTD(1)),
    `ObservedTimestamp` DateTime64(9) CODEC(Delta(8), ZSTD(1)),
    -- When the gateway had read the record: the same for a whole request. Measures lateness.
    `ReceivedAt` DateTime64(9) CODEC(Delta(8), ZSTD(1)),
    -- LogHouse's names for the same moment; EventTime serves the sort key, the TTL and charts, at a fifth of
    -- Timestamp's bytes on disk.
    `EventDate` Date CODEC(ZSTD(1)),
    `EventTime` DateTime CODEC(Delta(4), ZSTD(1)),
    -- Hex text as everywhere in OpenTelemetry; ZSTD gives back what hex wastes.
    `TraceId` String CODEC(ZSTD(1)),
    `SpanId` String CODEC(ZSTD(1)),
    -- All 32 bits of the protocol; the exporter keeps 8.
    `TraceFlags` UInt32 CODEC(ZSTD(1)),
    `SeverityText` LowCardinality(String) CODEC(ZSTD(1)),
    `SeverityNumber` UInt8 CODEC(ZSTD(1)),
    `ServiceName` LowCardinality(String) CODEC(ZSTD(1)),
    -- ZSTD(1) everywhere: LZ4 takes 75% more disk for the same insert time; ZSTD(3) saves 3% for 13% more
    -- merge time.
    `Body` String CODEC(ZSTD(1)),
    `EventName` LowCardinality(String) CODEC(ZSTD(1)),
    -- What people filter by first, taken out of ResourceAttributes by the view.
    `Namespace` LowCardinality(String) CODEC(ZSTD(1)),
    `PodName` LowCardinality(String) CODEC(ZSTD(1)),
    `ContainerName` LowCardinality(String) CODEC(ZSTD(1)),
    `NodeName` LowCardinality(String) CODEC(ZSTD(1)),
    `Cluster` LowCardinality(String) CODEC(ZSTD(1)),
    `Cell` LowCardinality(String) CODEC(ZSTD(1)),
    `Region` LowCardinality(String) CODEC(ZSTD(1)),
    `CloudProvider` LowCardinality(String) CODEC(ZSTD(1)),
    `ResourceSchemaUrl` LowCardinality(String) CODEC(ZSTD(1)),
    -- Values repeat with every row of a pod: as dictionary numbers they take 6 MB instead of 30 MB, the insert
    -- 2.9 s instead of 3.5 s and a merge 3.1 s instead of 4.4 s. Reads are the same in SQL.
    -- No map buckets: they halve the time to read one key but make a merge 2.6 times as long.
    `ResourceAttributes` Map(LowCardinality(String), LowCardinality(String)) CODEC(ZSTD(1)),
    `ResourceDroppedAttributesCount` UInt32 CODEC(ZSTD(1)),
    `ScopeSchemaUrl` LowCardinality(String) CODEC(ZSTD(1)),
    `ScopeName` LowCardinality(String) CODEC(ZSTD(1)),
    `ScopeVersion` LowCardinality(String) CODEC(ZSTD(1)),
    `ScopeAttributes` Map(LowCardinality(String), LowCardinality(String)) CODEC(ZSTD(1)),
    `ScopeDroppedAttributesCount` UInt32 CODEC(ZSTD(1)),
    -- Values here are often unique (request ids): a dictionary would hold them all.
    `LogAttributes` Map(LowCardinality(String), String) CODEC(ZSTD(1)),
    `LogDroppedAttributesCount` UInt32 CODEC(ZSTD(1)),
    `Tenant` LowCardinality(String) CODEC(ZSTD(1)),
    -- How many records the row stands for: sum(SampleRate) is the count before a routing rule sampled.
    `SampleRate` UInt32 DEFAULT 1 CODEC(ZSTD(1)),
    -- Filters by Timestamp alone: 26.7 does not see through toStartOfHour() of it (nor through ClickStack's
    -- toStartOfFiveMinutes(Timestamp): 380 of 381 granules read for one hour). With these two an hour
    -- reads 257K of 3M rows, for 5 kB.
    INDEX idx_timestamp Timestamp TYPE minmax GRANULARITY 1,
    -- The rows of the last seconds, each second: /api/tail.
    INDEX idx_received_at ReceivedAt TYPE minmax GRANULARITY 1,
    INDEX idx_event_date EventDate TYPE minmax GRANULARITY 1,
    -- A trace's rows: 8 ms of CPU instead of 90, for 0.6 bytes a row. A text index is as fast and takes 6 times
    -- the space.
    INDEX idx_trace_id TraceId TYPE bloom_filter(0.001) GRANULARITY 1,
    -- A rare word: 13 ms of CPU instead of 250, for 5% of the disk, 0.3 s of insert and 0.8 s of merge. The text
    -- index needs 5 ms, but 26% of the disk, 0.8 s of insert and doubles every merge: on by decision, not by
    -- default (docs/decisions/generic_logs.md says how).
    INDEX idx_body lower(Body) TYPE tokenbf_v1(32768, 3, 0) GRANULARITY 1,
    -- Terminals' colours glue to words: ESC[31merror has the word 31merror. The words of coloured rows without their
    -- colours; others are empty text here, which costs neither time nor disk (docs/decisions/coloured-logs.md).
    INDEX idx_body_coloured lower(if(position(Body, '\x1b') = 0, '', replaceRegexpAll(Body, '\\x1b(?:\\[[0-?]*[ -/]*[@-~]|\\][^\\x07\\x1b]*(?:\\x07|\\x1b\\\\)?|[@-Z\\\\-_])', ''))) TYPE tokenbf_v1(32768, 3, 0) GRANULARITY 1,
    -- One attribute value (a request id, a user) anywhere.
    INDEX idx_log_attr_value mapValues(LogAttributes) TYPE bloom_filter(0.01) GRANULARITY 1
)
ENGINE = MergeTree
-- One partition per day: expiry drops whole partitions, and big tables' parts stay under the merge limit. By
-- toDate(Timestamp) and not by EventDate, which is the same day: many tools filter by Timestamp alone, and only
-- this way are other days' parts left out for them.
PARTITION BY toDate(Timestamp)
-- The hour first: a question about the last hour touches that hour. Inside it namespace, service and pod, so
-- that each of the three narrows it, together or alone, and rows of one pod lie together in time order.
ORDER BY (toStartOfHour(EventTime), Namespace, ServiceName, PodName, Timestamp)
TTL EventTime + toIntervalDay(180)
SETTINGS
    -- A part goes as a whole when its last row has expired; no part is rewritten for expiry.
    ttl_only_drop_parts = 1,
    -- An insert without a token goes by its content: the same rows twice within the window are stored once.
    -- How many blocks back a resent one is recognised by its token. At one block a second: 2.7 hours.
    non_replicated_deduplication_window = 10000
