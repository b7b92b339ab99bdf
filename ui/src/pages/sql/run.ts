import { signal } from '@preact/signals';
import { type Fault, isTakenBack } from '../../api/fault.ts';
import { stream } from '../../api/http.ts';
import type { ColumnMeta, ResultRow, SqlLine } from '../../api/sql.ts';
import type { End, Progress } from '../../api/types.ts';
import { range } from '../../app/range.ts';
import { resolveRange } from '../../time/range.ts';
import { rangeParameters } from './parameters.ts';

/** A statement and what came of it. */
export type Run = {
  readonly sql: string;
  readonly state: 'running' | 'done' | 'failed' | 'cancelled';
  readonly meta: readonly ColumnMeta[];
  /** Grows while it runs; `count` says how far it is filled. */
  readonly rows: readonly ResultRow[];
  readonly count: number;
  readonly progress: Progress | null;
  readonly end: Partial<End> | null;
  readonly fault: Fault | null;
  readonly started: number;
  /** Milliseconds until the end, as seen from here. */
  readonly took: number | null;
};

export const run = signal<Run | null>(null);

/** More rows than this nobody reads on a page; whoever wants them copies the command. */
export const ROWS_MAX = 10_000;

let current = new AbortController();

/** Runs a statement; one that still runs is killed. */
export async function runSql(sql: string): Promise<void> {
  current.abort();
  const mine = new AbortController();
  current = mine;
  const rows: ResultRow[] = [];
  run.value = { sql, state: 'running', meta: [], rows, count: 0, progress: null, end: null, fault: null, started: performance.now(), took: null };
  const change = (changes: Partial<Run>): void => {
    if (run.value && current === mine) run.value = { ...run.value, ...changes };
  };
  const ends = resolveRange(range.value, Date.now());
  const params = { stream: 1, limit: ROWS_MAX, ...(ends ? rangeParameters(sql, ends) : {}) };
  const result = await stream<SqlLine>(
    '/api/sql',
    params,
    mine.signal,
    'end',
    (line) => {
      if ('meta' in line) change({ meta: line.meta });
      else if ('rows' in line) {
        for (const row of line.rows) rows.push(row);
        change({ count: rows.length });
      } else if ('progress' in line) change({ progress: line.progress });
      else if ('end' in line) change({ end: line.end });
    },
    { text: sql, type: 'text/plain; charset=utf-8' },
  );
  const took = performance.now() - (run.value?.started ?? 0);
  if (isTakenBack(result)) return change({ state: 'cancelled', took });
  change(result.ok ? { state: 'done', took } : { state: 'failed', fault: result.fault, took });
}

/** Closing the request kills the query on the server. */
export function cancel(): void {
  if (run.value?.state !== 'running') return;
  current.abort();
  run.value = { ...run.value, state: 'cancelled', took: performance.now() - run.value.started };
}
