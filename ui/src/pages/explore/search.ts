import { signal } from '@preact/signals';
import { type Fault, isTakenBack } from '../../api/fault.ts';
import { type Params, stream } from '../../api/http.ts';
import { stays } from '../../api/question.ts';
import type { End, FoundRow, Plan, Progress, SearchLine } from '../../api/types.ts';
import { RowPages, type RowPage } from './row-pages.ts';

/** The first page is small, so that it is there at once; who scrolls on and on wants more. */
const FIRST_ROWS = 200;
const NEXT_ROWS = 1000;
const PAGE_ROWS_MAX = 5000;

/** The next page is asked for when so few rows are left below the screen. */
const ROWS_AHEAD = 500;

/** What is known of a search besides its rows. */
export type SearchState = {
  readonly loading: boolean;
  readonly plan: Plan | null;
  readonly progress: Progress | null;
  /** Of the last page that came. */
  readonly end: End | null;
  readonly fault: Fault | null;
  /** When the question under way was asked. */
  readonly startedAt: number;
  /** How long the user has waited before ending it; null if nobody did. */
  readonly cancelledAfterMs: number | null;
};

const NOTHING: SearchState = { loading: false, plan: null, progress: null, end: null, fault: null, startedAt: 0, cancelledAfterMs: null };

/** A search whose rows come as they are looked at. */
export class Search {
  readonly state = signal<SearchState>(NOTHING);
  /** Goes up whenever rows have come. */
  readonly version = signal(0);
  #pages = new RowPages();
  /** Of the search that was started last; not `#pages` until its first rows are there. */
  #newest = this.#pages;
  #params: Params = {};
  #request = new AbortController();
  #busy = false;

  get count(): number {
    return this.#pages.count;
  }

  /** Whether the rows are still those of the search before. */
  get old(): boolean {
    return this.#pages !== this.#newest;
  }

  get params(): Params {
    return this.#params;
  }

  rowAt(index: number): FoundRow | undefined {
    return this.#pages.rowAt(index);
  }

  indexOf(id: string): number {
    return this.#pages.indexOf(id);
  }

  kept(): readonly FoundRow[] {
    return this.#pages.kept();
  }

  /** Searches anew. The old rows stay until the first new ones are there, so nothing flickers. */
  start(params: Params): void {
    this.stop();
    this.#params = params;
    const pages = new RowPages();
    this.#newest = pages;
    this.state.value = { ...NOTHING, loading: true };
    void this.#load(pages, pages.open(null), FIRST_ROWS);
  }

  /** Leaves nothing of what was found. */
  forget(): void {
    this.stop();
    this.#pages = new RowPages();
    this.#newest = this.#pages;
    this.state.value = NOTHING;
    this.version.value++;
  }

  /** Ends the question that is under way because the user does not want to wait. */
  cancel(): void {
    if (!this.state.value.loading) return;
    const { startedAt } = this.state.value;
    this.stop();
    this.state.value = { ...this.state.value, cancelledAfterMs: Date.now() - startedAt };
  }

  stop(): void {
    this.#request.abort();
    this.#request = new AbortController();
    this.#busy = false;
    if (this.state.value.loading) this.state.value = { ...this.state.value, loading: false };
  }

  /** These rows are on the screen: loads what is missing of them, or comes next. */
  want(first: number, end: number): void {
    if (this.#busy) return;
    const missing = this.#pages.missing(first, end);
    const next = this.state.value.end?.next ?? null;
    if (missing) void this.#load(this.#pages, missing, missing.count);
    else if (next !== null && this.state.value.fault === null && end > this.count - ROWS_AHEAD) {
      this.more();
    }
    this.#pages.forgetFarFrom(first);
  }

  /** Loads the next page, also after one that a limit stopped. */
  more(): void {
    const next = this.state.value.end?.next;
    if (!this.#busy && next != null) void this.#load(this.#pages, this.#pages.open(next), Math.min(Math.max(this.count, NEXT_ROWS), PAGE_ROWS_MAX));
  }

  async #load(pages: RowPages, page: RowPage, limit: number): Promise<void> {
    this.#busy = true;
    const again = page.count > 0;
    const request = this.#request;
    const params = { ...this.#params, limit, cursor: page.cursor ?? undefined };
    this.state.value = { ...this.state.value, loading: true, progress: null, fault: null, startedAt: Date.now(), cancelledAfterMs: null };
    const result = await stream<SearchLine<FoundRow>>('/api/search', params, request.signal, 'end', (line) => {
      if ('rows' in line) this.#arrived(pages, page, line.rows);
      else if ('plan' in line && !again) this.state.value = { ...this.state.value, plan: line.plan };
      else if ('progress' in line) this.state.value = { ...this.state.value, progress: line.progress };
      else if ('end' in line && !again) this.state.value = { ...this.state.value, end: line.end };
    });
    if (isTakenBack(result) || request.signal.aborted) return;
    this.#busy = false;
    page.shorter = again && result.ok && page.rows.length < page.count;
    // A search that found nothing has no rows that would push the old ones out; one that failed must not look found.
    if (!stays(result.ok ? null : result.fault)) this.#pages = pages;
    this.state.value = { ...this.state.value, loading: false, progress: null, fault: result.ok ? null : result.fault };
    this.version.value++;
  }

  #arrived(pages: RowPages, page: RowPage, rows: readonly FoundRow[]): void {
    pages.add(page, rows);
    this.#pages = pages;
    this.version.value++;
  }
}
