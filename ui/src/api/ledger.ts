// The shape of /api/ledger: docs/api.md.

/** A source's line: received = stored + dead_lettered + dropped + in_flight + elsewhere + missing. */
export type LedgerLine = {
  readonly service?: string;
  readonly received: string;
  readonly stored: string;
  readonly dead_lettered: string;
  readonly dropped: string;
  readonly in_flight: string;
  readonly elsewhere: string;
  readonly missing: string;
  /** Requests, by reason. */
  readonly refused: Readonly<Record<string, string>>;
};

export type LedgerData = {
  readonly standing: 'balanced' | 'in_flight' | 'not_counted_yet' | 'missing' | 'unknown';
  readonly total: LedgerLine;
  readonly lines: readonly LedgerLine[];
  readonly gateway: { readonly in_flight: string; readonly oldest_age_ms: string | null; readonly segments_not_counted: number; readonly difference: string };
};
