// Which rows of a long list are on the screen. Pure arithmetic, so that it can be tested without a screen.

/** Where rows lie, one under the other, in pixels. */
export type Layout = {
  readonly count: number;
  readonly total: number;
  topOf(row: number): number;
  /** The row at a height; the nearest one outside of the list. */
  rowAt(y: number): number;
};

/** Browsers forget how to scroll in elements of more than about 16.7 (Firefox) or 33 (Chromium) million pixels. */
export const HEIGHT_MAX = 15_000_000;

export function evenLayout(count: number, rowHeight: number): Layout {
  return {
    count,
    total: count * rowHeight,
    topOf: (row) => row * rowHeight,
    rowAt: (y) => clamp(Math.floor(y / rowHeight), 0, count - 1),
  };
}

/**
 * Rows of different heights.
 *
 * @param tops the top of each row, and behind the last one the end of all: `count + 1` numbers that never fall
 */
export function unevenLayout(tops: ArrayLike<number>, count: number): Layout {
  const topOf = (row: number): number => tops[row] ?? 0;
  return {
    count,
    total: topOf(count),
    topOf,
    rowAt(y) {
      let low = 0;
      let high = count - 1;
      while (low < high) {
        const middle = (low + high + 1) >> 1;
        if (topOf(middle) <= y) low = middle;
        else high = middle - 1;
      }
      return Math.max(low, 0);
    },
  };
}

export type Window = {
  /** Rows to draw: `first` up to but not including `end`. */
  readonly first: number;
  readonly end: number;
  /** Where to draw `first`, in pixels of the element that scrolls. */
  readonly offset: number;
  /** The height of the element that scrolls. */
  readonly height: number;
};

/**
 * What to draw at a scroll position. A list that is higher than {@link HEIGHT_MAX} scrolls faster than it is dragged: its
 * positions are scaled, its rows are not.
 *
 * @param spare more rows, above and below the screen
 */
export function windowAt(layout: Layout, scrollTop: number, viewport: number, spare = 0): Window {
  const height = Math.min(layout.total, HEIGHT_MAX);
  if (layout.count === 0) return { first: 0, end: 0, offset: 0, height: 0 };
  const y = scrollTop * scaleOf(layout, viewport);
  const first = Math.max(layout.rowAt(y) - spare, 0);
  const end = Math.min(layout.rowAt(y + viewport) + 1 + spare, layout.count);
  return { first, end, offset: scrollTop + layout.topOf(first) - y, height };
}

/** The scroll position that brings a row onto the screen, moving no more than needed. */
export function scrollTo(layout: Layout, row: number, scrollTop: number, viewport: number): number {
  const scale = scaleOf(layout, viewport);
  const top = layout.topOf(row);
  const bottom = row + 1 < layout.count ? layout.topOf(row + 1) : layout.total;
  const y = scrollTop * scale;
  if (top < y) return top / scale;
  if (bottom > y + viewport) return (bottom - viewport) / scale;
  return scrollTop;
}

function scaleOf(layout: Layout, viewport: number): number {
  if (layout.total <= HEIGHT_MAX) return 1;
  return (layout.total - viewport) / (HEIGHT_MAX - viewport);
}

export const clamp = (n: number, low: number, high: number): number => Math.max(low, Math.min(n, high));
