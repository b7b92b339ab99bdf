// The shapes of /api/system, /api/tables and /readyz: docs/api.md.

export type IngestFigures = {
  readonly protocol: string;
  readonly accepted: string;
  /** Inside of good requests: broken records, kept as dead letters. */
  readonly rejected: string;
  /** Turned away whole, to be sent again. */
  readonly refused: string;
  readonly bytes: string;
  /** Records a second, lately. */
  readonly rate: number;
};

export type SystemData = {
  readonly version: string;
  readonly uptime_ms: number;
  readonly clickhouse: { readonly version: string; readonly url_kind: 'embedded' | 'url'; readonly ready: boolean };
  readonly ingest: readonly IngestFigures[];
  readonly journal: {
    readonly segments: number | string;
    readonly bytes: string;
    readonly budget_bytes: string;
    readonly oldest_age_ms: number | null;
    readonly quarantine_bytes: string;
  };
  readonly delivered: { readonly rows: string; readonly blocks: string; readonly failures: string };
  readonly dead_letters: readonly { readonly reason: string; readonly count: string }[];
  readonly memory: { readonly budget: string; readonly used: string };
};

export type TableFigures = {
  readonly database: string;
  readonly name: string;
  readonly read_name?: string;
  readonly rows: string;
  readonly bytes: string;
  readonly uncompressed: string;
  readonly parts: number | string;
  readonly oldest: number | null;
  readonly newest: number | null;
  readonly ttl: string;
  readonly partitions: number | string;
};

export type TablesData = { readonly tables: readonly TableFigures[] };

export type Readiness = {
  readonly ready: boolean;
  readonly checks: readonly { readonly name: string; readonly ready: boolean; readonly reason: string }[];
};
