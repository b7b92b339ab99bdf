import type { ComponentChildren } from 'preact';

/** A column of a {@link VirtualTable}. */
export type Column<Row> = {
  readonly id: string;
  readonly name: string;
  /** Pixels; the last column takes what is left, and at least this. */
  readonly width: number;
  readonly align?: 'right';
  readonly class?: string;
  readonly cell: (row: Row) => ComponentChildren;
};

export const WIDTH_MIN = 40;
export const WIDTH_MAX = 1200;

/** For `grid-template-columns`. */
export function gridOf(widths: readonly number[]): string {
  return widths.map((width, at) => (at === widths.length - 1 ? `minmax(${width}px, 1fr)` : `${width}px`)).join(' ');
}

/** The ids with one of them moved to where another is. */
export function moved(ids: readonly string[], id: string, to: string): readonly string[] {
  const target = ids.indexOf(to);
  if (id === to || target < 0 || !ids.includes(id)) return ids;
  const rest = ids.filter((other) => other !== id);
  return [...rest.slice(0, target), id, ...rest.slice(target)];
}
