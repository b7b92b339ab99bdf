// The API's shapes: docs/api.md. 64-bit numbers are strings; only counts that must be drawn become numbers.

/** A statement that was run, for people to read, copy and change. */
export type Statement = {
  readonly sql: string;
  readonly parameters: Readonly<Record<string, string>>;
  /** With the parameters' values written in: runs as is. */
  readonly statement: string;
};

export type Plan = Statement & { readonly table: string; readonly from: number; readonly to: number };

/** How much was read for an answer, and how whole it is. */
export type Stats = {
  readonly rows_read: string;
  readonly bytes_read: string;
  readonly elapsed_ms: number;
  readonly truncated: boolean;
  readonly complete: boolean;
  readonly stopped_by: 'time' | 'memory' | 'rows' | null;
  readonly cells: { readonly asked: number; readonly missing: readonly string[] };
};

export type Answer<T> = { readonly data: T; readonly queries: readonly Statement[]; readonly stats: Stats };

export type Progress = {
  readonly from: number;
  readonly to: number;
  readonly rows_read: string;
  readonly bytes_read: string;
  readonly elapsed_ms: number;
  readonly total_rows: string;
};

export type End = Stats & {
  readonly rows: number;
  readonly searched: { readonly from: number; readonly to: number };
  readonly next: string | null;
};

export type Attributes = Readonly<Record<string, string>>;

/**
 * A row of any table that searches find: a log record, a wide event, a product-analytics event. What is empty is left out;
 * what only some tables have is there by its column's name.
 */
export type FoundRow = {
  readonly id: string;
  readonly Timestamp: string;
  readonly ObservedTimestamp?: string;
  readonly ReceivedAt?: string;
  readonly SeverityText?: string;
  readonly SeverityNumber?: number;
  readonly ServiceName?: string;
  readonly Body?: string;
  readonly EventName?: string;
  readonly TraceId?: string;
  readonly SpanId?: string;
  readonly Namespace?: string;
  readonly PodName?: string;
  readonly ContainerName?: string;
  readonly NodeName?: string;
  readonly Cluster?: string;
  readonly Cell?: string;
  readonly Region?: string;
  readonly ScopeName?: string;
  readonly ResourceAttributes?: Attributes;
  readonly ScopeAttributes?: Attributes;
  readonly LogAttributes?: Attributes;
  /** Of wide events. */
  readonly labels?: Attributes;
  /** Of product-analytics events. */
  readonly Properties?: Attributes;
  readonly [column: string]: string | number | Attributes | undefined;
};

export type SearchLine<Row> =
  | { readonly plan: Plan }
  | { readonly rows: readonly Row[] }
  | { readonly progress: Progress }
  | { readonly end: End };

export type TailLine =
  | { readonly plan: Plan }
  | { readonly rows: readonly FoundRow[] }
  | { readonly progress: Progress }
  | { readonly gap: { readonly rows: number } };

export type Histogram = {
  readonly start: number;
  readonly step: number;
  readonly groups: readonly string[];
  readonly buckets: readonly { readonly t: number; readonly counts: readonly number[] }[];
};

export type FacetValue = { readonly value: string; readonly count: string };

export type Facet = {
  readonly field: string;
  readonly values: readonly FacetValue[];
  readonly distinct: string;
  readonly other: string;
};

export type Field = {
  readonly name: string;
  readonly column: string;
  readonly kind: 'text' | 'id' | 'number' | 'duration' | 'level' | 'attribute';
  readonly source: 'column' | 'resource' | 'scope' | 'attributes' | 'promoted';
  readonly count?: string;
};

export type Context = { readonly before: readonly FoundRow[]; readonly after: readonly FoundRow[] };

export type Pattern = {
  readonly template: string;
  readonly count: string;
  readonly share: number;
  readonly level: string;
  readonly example: FoundRow;
  readonly trend: readonly number[];
  readonly new: boolean;
  readonly previous: string;
};

export type Patterns = {
  readonly sampled: boolean;
  readonly sample_rows: number;
  readonly patterns: readonly Pattern[];
};
