// The shapes of /api/system, /api/tables and /readyz: docs/api.md.

export type IngestFigures = {
  readonly protocol: string;
  readonly accepted: string;
  /** Inside of good requests: broken records, kept as dead letters. */
  readonly rejected: string;
  /** Requests turned away: by their own fault, or to be sent again. */
  readonly refused: string;
  /** Records a second, lately. */
  readonly rate: number;
};

/** What came in, by what it is: logs, spans, … */
export type KindFigures = { readonly kind: string; readonly records: string; readonly bytes: string; readonly dead_letters: string };

export type SystemData = {
  readonly version: string;
  readonly uptime_ms: number;
  readonly clickhouse: { readonly version: string; readonly url_kind: 'embedded' | 'url'; readonly ready: boolean; readonly reason?: string };
  readonly ingest: readonly IngestFigures[];
  readonly kinds: readonly KindFigures[];
  readonly journal: {
    readonly segments: number | string;
    readonly bytes: string;
    readonly budget_bytes: string;
    /** Segments that ClickHouse did not take at once. */
    readonly waiting: number | string;
    readonly oldest_age_ms: number | string | null;
    readonly quarantine_files: number | string;
    readonly quarantine_bytes: string;
    /** What does not fit on the disk; null where no bucket is configured. */
    readonly bucket?: { readonly segments: number | string; readonly bytes: string; readonly trouble: string | null } | null;
  };
  readonly delivered: { readonly rows: string; readonly blocks: string; readonly retries: string; readonly failures: string };
  /** Of the last day. */
  readonly dead_letters: readonly { readonly reason: string; readonly count: string }[];
  readonly memory: { readonly budget: string; readonly used: string; readonly heap?: string; readonly heap_max?: string };
};

export type TableFigures = {
  readonly database: string;
  readonly name: string;
  /** What to query, in the same database. */
  readonly read_name?: string;
  readonly engine?: string;
  readonly rows: string;
  readonly bytes: string;
  readonly uncompressed: string;
  readonly parts: number | string;
  /** Of its rows, by their partitions. */
  readonly oldest: number | null;
  readonly newest: number | null;
  /** When its newest part was. */
  readonly written?: number | null;
  readonly ttl: string;
  readonly partitions: number | string;
};

export type TablesData = { readonly tables: readonly TableFigures[] };

export type Readiness = {
  readonly ready: boolean;
  readonly checks: readonly { readonly name: string; readonly ready: boolean; readonly reason: string }[];
};
