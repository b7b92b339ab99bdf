import { signal } from '@preact/signals';
import { type Fault, isTakenBack } from '../../api/fault.ts';
import { type Params, stream } from '../../api/http.ts';
import type { FoundRow, TailLine } from '../../api/types.ts';

/** Rows of a tail that are kept: what has scrolled by is in the search. */
export const TAIL_ROWS_MAX = 5_000;

/** Rows as they land, the newest first. */
export class Tail {
  readonly rows = signal<readonly FoundRow[]>([]);
  /** All that came, also those that were let go since. */
  readonly received = signal(0);
  /** Rows that landed and were too many to be sent. */
  readonly passedOver = signal(0);
  readonly running = signal(false);
  readonly fault = signal<Fault | null>(null);
  /** How many of the rows were there before. */
  readonly known = signal(0);
  #knownIds: ReadonlySet<string> = new Set();
  #request = new AbortController();

  /** Follows what lands from now on, above the rows that are known already. */
  start(params: Params, known: readonly FoundRow[]): void {
    this.stop();
    const request = new AbortController();
    this.#request = request;
    this.rows.value = known;
    this.known.value = known.length;
    this.#knownIds = new Set(known.map(({ id }) => id));
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
      // Rows from before would hide why none come.
      if (this.received.value === 0) this.rows.value = [];
    });
  }

  stop(): void {
    this.#request.abort();
    this.running.value = false;
  }

  #landed(all: readonly FoundRow[]): void {
    const rows = all.filter(({ id }) => !this.#knownIds.has(id));
    if (rows.length === 0) return;
    const newest = rows.toSorted((a, b) => (a.Timestamp.length - b.Timestamp.length || (a.Timestamp < b.Timestamp ? -1 : 1)) * -1);
    this.rows.value = [...newest, ...this.rows.value].slice(0, TAIL_ROWS_MAX);
    this.received.value += rows.length;
  }
}
