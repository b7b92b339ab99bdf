-- The name everyone reads, as for generic_logs.
CREATE TABLE IF NOT EXISTS otel.dead_letter_replays
ENGINE = Alias('otel', 'dead_letter_replays_0')
