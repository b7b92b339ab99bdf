// The shapes of POST /api/sql?stream=1 and /api/schema: docs/api.md.
import type { End, Progress } from './types.ts';

export type ColumnMeta = { readonly name: string; readonly type: string };

/** As ClickHouse writes JSONCompact, 64-bit numbers as text. */
export type Value = string | number | boolean | null | readonly Value[] | { readonly [name: string]: Value };

export type ResultRow = readonly Value[];

export type SqlLine =
  | { readonly meta: readonly ColumnMeta[] }
  | { readonly rows: readonly ResultRow[] }
  | { readonly progress: Progress }
  | { readonly end: Partial<End> };

export type SchemaTable = {
  readonly database: string;
  readonly name: string;
  readonly columns: readonly { readonly name: string; readonly type: string; readonly comment?: string }[];
};

export type Schema = {
  readonly tables: readonly SchemaTable[];
  readonly functions: readonly string[];
  readonly keywords: readonly string[];
};
