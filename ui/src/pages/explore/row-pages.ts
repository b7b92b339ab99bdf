// The rows of a search in pages, of which only those near the screen are kept: a million rows do not fit into a tab.

import type { FoundRow } from '../../api/types.ts';

export type RowPage = {
  readonly start: number;
  /** Asks for this page again; null for the first. */
  readonly cursor: string | null;
  rows: FoundRow[];
  /** How many rows it has; more than `rows` if they were let go. */
  count: number;
  /** It was asked for again and is shorter now: rows have expired. Nothing more will come. */
  shorter: boolean;
};

/** Rows kept in memory, about 1 kB each. */
export const ROWS_KEPT_MAX = 60_000;

export class RowPages {
  #pages: RowPage[] = [];

  get count(): number {
    const last = this.#pages.at(-1);
    return last === undefined ? 0 : last.start + last.count;
  }

  /** Opens the next page. */
  open(cursor: string | null): RowPage {
    const page: RowPage = { start: this.count, cursor, rows: [], count: 0, shorter: false };
    this.#pages.push(page);
    return page;
  }

  add(page: RowPage, rows: readonly FoundRow[]): void {
    for (const row of rows) page.rows.push(row);
    page.count = Math.max(page.count, page.rows.length);
  }

  rowAt(index: number): FoundRow | undefined {
    const page = this.pageAt(index);
    return page?.rows[index - page.start];
  }

  pageAt(index: number): RowPage | undefined {
    let low = 0;
    let high = this.#pages.length - 1;
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if ((this.#pages[middle]?.start ?? 0) <= index) low = middle;
      else high = middle - 1;
    }
    const page = this.#pages[low];
    return page !== undefined && index < page.start + page.count ? page : undefined;
  }

  /** The first page on the screen whose rows were let go. */
  missing(first: number, end: number): RowPage | undefined {
    for (let index = first; index < end; index++) {
      const page = this.pageAt(index);
      if (page === undefined) return undefined;
      if (page.rows.length < page.count && !page.shorter) return page;
      index = page.start + page.count - 1;
    }
    return undefined;
  }

  /** Lets go of the pages that are farthest from a row, until few enough rows are kept. */
  forgetFarFrom(index: number, keep = ROWS_KEPT_MAX): void {
    let kept = this.#pages.reduce((sum, page) => sum + page.rows.length, 0);
    const distance = (page: RowPage): number => Math.abs(page.start + page.count / 2 - index);
    const farthest = this.#pages.filter((page) => page.rows.length > 0).sort((a, b) => distance(b) - distance(a));
    for (const page of farthest) {
      if (kept <= keep || farthest.at(-1) === page) return;
      kept -= page.rows.length;
      page.rows = [];
    }
  }

  indexOf(id: string): number {
    for (const page of this.#pages) {
      const at = page.rows.findIndex((row) => row.id === id);
      if (at >= 0) return page.start + at;
    }
    return -1;
  }

  /** The rows that are in memory, in order. */
  kept(): readonly FoundRow[] {
    return this.#pages.flatMap((page) => page.rows);
  }
}
