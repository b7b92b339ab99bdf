// The shape of /api/ledger: docs/api.md.

/** A source's line: received = stored + dead_lettered + dropped + in_flight + elsewhere + missing. */
export type LedgerLine = {
  readonly service?: string;
  /** Minutes since 1970. */
  readonly minute?: string;
  readonly received: string;
  readonly stored: string;
  readonly dead_lettered: string;
  readonly dropped: string;
  /** in_journal + in_bucket */
  readonly in_flight: string;
  readonly in_journal: string;
  readonly in_bucket: string;
  readonly elsewhere: string;
  readonly missing: string;
  /** Requests, by reason. */
  readonly refused: Readonly<Record<string, string>>;
};

export type CanaryGateway = {
  readonly gateway: string;
  readonly own: boolean;
  readonly standing: 'whole' | 'late' | 'refused' | 'unknown' | 'duplicate' | 'missing';
  readonly sent: string;
  readonly found: string;
  readonly waiting: string;
  readonly missing: string;
  readonly unknown: string;
  readonly refused: string;
  readonly unanswered: string;
  readonly late: string;
  readonly duplicates: string;
  readonly oldest_waiting_ms: string | null;
  readonly last_delay_ms: string | null;
  readonly worst_delay_ms: string | null;
  readonly trouble: string;
};

export type LedgerData = {
  readonly standing: 'balanced' | 'in_flight' | 'not_counted_yet' | 'missing' | 'unknown';
  readonly total: LedgerLine;
  readonly lines: readonly LedgerLine[];
  readonly gateway: {
    readonly in_flight: string;
    readonly in_bucket: string;
    readonly segments_in_bucket: number;
    readonly oldest_age_ms: string | null;
    readonly segments_not_counted: number;
    readonly segments_not_counted_in_bucket: number;
    readonly difference: string;
  };
  /** null where it is off. */
  readonly canary: { readonly gateways: readonly CanaryGateway[] } | null;
};
