import { signal } from '@preact/signals';
import { type Fault, isTakenBack } from '../../api/fault.ts';
import { type Params, stream } from '../../api/http.ts';
import type { LogRow, TailLine } from '../../api/types.ts';

/** Rows of a tail that are kept: what has scrolled by is in the search. */
export const TAIL_ROWS_MAX = 5_000;

/** Rows as they land, the newest first. */
export class Tail {
  readonly rows = signal<readonly LogRow[]>([]);
  /** All that came, also those that were let go since. */
  readonly received = signal(0);
  /** Rows that landed and were too many to be sent. */
  readonly passedOver = signal(0);
  readonly running = signal(false);
  readonly fault = signal<Fault | null>(null);
  #request = new AbortController();

  start(params: Params): void {
    this.stop();
    const request = new AbortController();
    this.#request = request;
    this.rows.value = [];
    this.received.value = 0;
    this.passedOver.value = 0;
    this.fault.value = null;
    this.running.value = true;
    void stream<TailLine>('/api/tail', params, request.signal, null, (line) => {
      if ('rows' in line) this.#landed(line.rows);
      else if ('gap' in line) this.passedOver.value += line.gap.rows;
    }).then((result) => {
      if (isTakenBack(result) || request.signal.aborted || result.ok) return;
      this.running.value = false;
      this.fault.value = result.fault;
    });
  }

  stop(): void {
    this.#request.abort();
    this.running.value = false;
  }

  #landed(rows: readonly LogRow[]): void {
    if (rows.length === 0) return;
    const newest = rows.toSorted((a, b) => (a.Timestamp.length - b.Timestamp.length || (a.Timestamp < b.Timestamp ? -1 : 1)) * -1);
    this.rows.value = [...newest, ...this.rows.value].slice(0, TAIL_ROWS_MAX);
    this.received.value += rows.length;
  }
}
