// Geometry of the latency heatmap: cells, brushes and labels. Pure arithmetic.
import type { HeatmapData } from '../../api/traces.ts';

export type Cell = { readonly bucket: number; readonly row: number; readonly count: number; readonly errors: number };

/** What a brush selects: milliseconds since 1970, and nanoseconds. */
export type Selected = { readonly from: number; readonly to: number; readonly shortest: number; readonly longest: number };

export type Box = { readonly left: number; readonly top: number; readonly width: number; readonly height: number };

export const rowsOf = (data: HeatmapData): number => data.durations.length;

/** By how much rows grow where only one is there to tell. */
const FACTOR_USUAL = 10 ** 0.2;

/** The shortest duration of a row, which is the end of the one below; also of the row behind the last. */
export function boundOf(data: HeatmapData, row: number): number {
  const bound = data.durations[row];
  if (bound !== undefined) return Number(bound);
  const [last, before] = [Number(data.durations.at(-1) ?? 1), Number(data.durations.at(-2) ?? 0)];
  return Math.round(last * (before > 0 ? last / before : FACTOR_USUAL));
}

/** Cells that hold something. */
export function cellsOf(data: HeatmapData): readonly Cell[] {
  const rows = Math.max(rowsOf(data), 1);
  return data.cells.flatMap(([count, errors], at) => (count > 0 ? [{ bucket: Math.floor(at / rows), row: at % rows, count, errors }] : []));
}

/** How strong a cell is drawn, 0 to 1: a single span is still seen beside thousands. */
export function strength(count: number, most: number): number {
  return most <= 1 ? 1 : 0.18 + 0.82 * (Math.log(count) / Math.log(most));
}

/** The rows that hold something, one more on either side: an axis over all durations would be mostly empty. */
export function shownRows(data: HeatmapData, atLeast = 8): { readonly first: number; readonly end: number } {
  const rows = rowsOf(data);
  const filled = cellsOf(data).map((cell) => cell.row);
  if (filled.length === 0) return { first: 0, end: rows };
  let first = Math.max(Math.min(...filled) - 1, 0);
  let end = Math.min(Math.max(...filled) + 2, rows);
  while (end - first < Math.min(atLeast, rows)) {
    if (first > 0) first--;
    if (end < rows && end - first < atLeast) end++;
  }
  return { first, end };
}

/** Where a cell lies in an area; the shortest duration is at the bottom. Whole pixels, so that neighbours touch. */
export function boxOf(data: HeatmapData, bucket: number, row: number, shown: { first: number; end: number }, width: number, height: number): Box {
  const left = Math.round((bucket * width) / data.buckets);
  const right = Math.round(((bucket + 1) * width) / data.buckets);
  const rows = shown.end - shown.first;
  const bottom = height - Math.round(((row - shown.first) * height) / rows);
  const top = height - Math.round(((row + 1 - shown.first) * height) / rows);
  return { left, top, width: right - left, height: bottom - top };
}

export function cellAt(data: HeatmapData, x: number, y: number, shown: { first: number; end: number }, width: number, height: number) {
  const rows = shown.end - shown.first;
  const bucket = clamp(Math.floor((x / width) * data.buckets), 0, data.buckets - 1);
  const row = shown.first + clamp(Math.floor(((height - y) / height) * rows), 0, rows - 1);
  return { bucket, row };
}

/** What lies under a brush: whole cells. */
export function selected(data: HeatmapData, one: { bucket: number; row: number }, other: { bucket: number; row: number }): Selected {
  const [firstBucket, lastBucket] = [Math.min(one.bucket, other.bucket), Math.max(one.bucket, other.bucket)];
  const [firstRow, lastRow] = [Math.min(one.row, other.row), Math.max(one.row, other.row)];
  return {
    from: data.start + firstBucket * data.step,
    to: data.start + (lastBucket + 1) * data.step,
    shortest: boundOf(data, firstRow),
    longest: boundOf(data, lastRow + 1),
  };
}

const DECADES = [1, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 6e10, 6e11, 3.6e12, 3.6e13];

/** Round durations between the bounds, and where they lie: 0 at the bottom, 1 at the top. */
export function durationTicks(data: HeatmapData, shown: { first: number; end: number }): readonly { nanos: number; at: number }[] {
  const [low, high] = [boundOf(data, shown.first), boundOf(data, shown.end)];
  return DECADES.filter((nanos) => nanos >= low && nanos <= high && high > low).map((nanos) => ({ nanos, at: (rowOf(data, nanos) - shown.first) / (shown.end - shown.first) }));
}

/** The row of a duration, with the part of the row below it. */
function rowOf(data: HeatmapData, nanos: number): number {
  const bounds = Array.from({ length: rowsOf(data) + 1 }, (_, row) => boundOf(data, row));
  const above = bounds.findIndex((bound) => bound > nanos);
  if (above < 0) return rowsOf(data);
  if (above === 0) return 0;
  const [low, high] = [Math.max(bounds[above - 1] ?? 1, 1), Math.max(bounds[above] ?? 1, 1)];
  return above - 1 + (high > low ? Math.log(Math.max(nanos, 1) / low) / Math.log(high / low) : 0);
}

const clamp = (n: number, low: number, high: number): number => Math.max(low, Math.min(n, high));
