-- The name everyone reads, as for generic_logs.
CREATE TABLE IF NOT EXISTS otel.delivery_ledger
ENGINE = Alias('otel', 'delivery_ledger_0')
