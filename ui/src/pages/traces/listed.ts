import { batch, signal } from '@preact/signals';
import { type Fault, isTakenBack } from '../../api/fault.ts';
import { type Params, stream } from '../../api/http.ts';
import type { TraceRow } from '../../api/traces.ts';
import type { End, Plan, Progress, SearchLine } from '../../api/types.ts';

export type Listed = {
  /** Rows of the question before stay until the first line of the next answer. */
  readonly rows: readonly TraceRow[];
  readonly loading: boolean;
  readonly plan: Plan | null;
  readonly progress: Progress | null;
  readonly end: End | null;
  readonly fault: Fault | null;
};

const NOTHING: Listed = { rows: [], loading: false, plan: null, progress: null, end: null, fault: null };

export const listed = signal<Listed>(NOTHING);

export const LIMIT_USUAL = 200;

/** The API gives no more. */
export const LIMIT_MAX = 1000;

let current = new AbortController();

/** Asks for traces; a question that is still under way is taken back. */
export async function listTraces(params: Params, limit = LIMIT_USUAL): Promise<void> {
  current.abort();
  const mine = new AbortController();
  current = mine;
  listed.value = { ...listed.value, loading: true };
  let fresh = false;
  const change = (changes: Partial<Listed>): void => {
    const before = fresh ? listed.value : NOTHING;
    fresh = true;
    listed.value = { ...before, loading: true, ...changes };
  };
  const result = await stream<SearchLine<TraceRow>>('/api/traces', { ...params, limit }, mine.signal, 'end', (line) => {
    if ('plan' in line) change({ plan: line.plan });
    else if ('rows' in line) change({ rows: [...(fresh ? listed.value.rows : []), ...line.rows] });
    else if ('progress' in line) change({ progress: line.progress });
    else change({ end: line.end });
  });
  if (isTakenBack(result) || mine.signal.aborted) return;
  batch(() => {
    if (!result.ok) change({ fault: result.fault });
    listed.value = { ...listed.value, loading: false };
  });
}

/** Takes the question back. */
export function stopListing(): void {
  current.abort();
  listed.value = { ...listed.value, loading: false };
}
