-- What became of dead letters that were sent again: a row `begun` from whoever is about to send it, and one with the
-- outcome from the segment that stored it.
CREATE TABLE IF NOT EXISTS otel.dead_letter_replays_0
(
    `Letter` String CODEC(ZSTD(1)),
    `At` DateTime64(9) CODEC(Delta(8), ZSTD(1)),
    `Gateway` LowCardinality(String) CODEC(ZSTD(1)),
    `Outcome` LowCardinality(String) CODEC(ZSTD(1)),
    `Detail` String CODEC(ZSTD(1))
)
ENGINE = MergeTree
PARTITION BY toYYYYMM(At)
-- Asked by letter: was it sent again.
ORDER BY (Letter, At)
-- Longer than a letter is kept.
TTL toDateTime(At) + toIntervalDay(190)
SETTINGS ttl_only_drop_parts = 1, non_replicated_deduplication_window = 10000
