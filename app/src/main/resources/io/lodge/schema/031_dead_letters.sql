-- The name everyone reads, as for generic_logs.
CREATE TABLE IF NOT EXISTS otel.dead_letters
ENGINE = Alias('otel', 'dead_letters_0')
