// What of a result can be drawn, and where its points lie. Pure arithmetic.
import type { ColumnMeta, ResultRow, Value } from '../../api/sql.ts';
import { roundTicks } from '../../parts/ticks.ts';
import { isNumber, isTime, textOf } from './texts.ts';

export type Series = { readonly name: string; readonly points: readonly (readonly [x: number, y: number])[] };

export type Drawing =
  | { readonly kind: 'time'; readonly x: string; readonly y: string; readonly series: readonly Series[]; readonly left: number }
  | { readonly kind: 'bars'; readonly x: string; readonly y: string; readonly bars: readonly { readonly name: string; readonly value: number }[]; readonly left: number }
  | { readonly kind: 'none'; readonly why: string };

/** More lines than this are not told apart. */
export const SERIES_MAX = 12;
const BARS_MAX = 60;

/** A time column and numbers become lines, of each name one if there is a column of names; names and a number become bars. */
export function drawingOf(meta: readonly ColumnMeta[], rows: readonly ResultRow[]): Drawing {
  const time = meta.findIndex(({ type }) => isTime(type));
  const numbers = meta.flatMap(({ type }, at) => (isNumber(type) ? [at] : []));
  const names = meta.findIndex(({ type }, at) => at !== time && !isNumber(type) && !isTime(type));
  if (rows.length === 0) return { kind: 'none', why: 'There are no rows.' };
  if (numbers.length === 0) return { kind: 'none', why: 'A chart needs a column of numbers: a count(), a sum, a quantile.' };
  if (time >= 0) return overTime(meta, rows, time, names, numbers);
  const labels = names >= 0 ? names : (numbers.find((at) => at !== numbers.at(-1)) ?? -1);
  const value = names >= 0 ? (numbers[0] ?? 0) : (numbers.at(-1) ?? 0);
  if (labels < 0) return { kind: 'none', why: 'A chart needs a column of times or names beside the numbers.' };
  const bars = rows.slice(0, BARS_MAX).map((row) => ({ name: textOf(row[labels]), value: numberOf(row[value]) ?? 0 }));
  return { kind: 'bars', x: meta[labels]?.name ?? '', y: meta[value]?.name ?? '', bars, left: rows.length - bars.length };
}

function overTime(meta: readonly ColumnMeta[], rows: readonly ResultRow[], time: number, names: number, numbers: readonly number[]): Drawing {
  const series = new Map<string, (readonly [number, number])[]>();
  const add = (name: string, row: ResultRow, at: number): void => {
    const [x, y] = [timeOf(row[time]), numberOf(row[at])];
    if (x === null || y === null) return;
    const points = series.get(name);
    if (points) points.push([x, y]);
    else series.set(name, [[x, y]]);
  };
  for (const row of rows) {
    if (names >= 0) add(textOf(row[names]), row, numbers[0] ?? 0);
    else for (const at of numbers) add(meta[at]?.name ?? '', row, at);
  }
  const weight = (points: readonly (readonly [number, number])[]): number => points.reduce((sum, [, y]) => sum + Math.abs(y), 0);
  const ordered = [...series]
    .map(([name, points]) => ({ name, points: points.sort((a, b) => a[0] - b[0]) }))
    .sort((a, b) => (names >= 0 ? weight(b.points) - weight(a.points) : 0));
  const y = names >= 0 || numbers.length === 1 ? (meta[numbers[0] ?? 0]?.name ?? '') : '';
  return { kind: 'time', x: meta[time]?.name ?? '', y, series: ordered.slice(0, SERIES_MAX), left: Math.max(ordered.length - SERIES_MAX, 0) };
}

export function numberOf(value: Value | undefined): number | null {
  if (value === null || value === undefined || typeof value === 'object' || value === '') return null;
  const number = Number(value);
  return Number.isFinite(number) ? number : null;
}

/** ClickHouse writes times without a zone, in the server's, which is UTC. */
export function timeOf(value: Value | undefined): number | null {
  if (typeof value !== 'string') return null;
  const ms = Date.parse(/^\d{4}-\d{2}-\d{2}$/.test(value) ? `${value}T00:00:00Z` : `${value.replace(' ', 'T').replace(/(\.\d{3})\d+/, '$1')}Z`);
  return Number.isNaN(ms) ? null : ms;
}

export type Shape = 'line' | 'area' | 'bars';

/** Lines of every value, each over what is below it: for shapes that stack. */
export function stacked(series: readonly Series[]): readonly { readonly name: string; readonly bands: readonly (readonly [x: number, low: number, high: number])[] }[] {
  const xs = [...new Set(series.flatMap(({ points }) => points.map(([x]) => x)))].sort((a, b) => a - b);
  const tops = new Map(xs.map((x) => [x, 0]));
  return series.map(({ name, points }) => {
    const values = new Map<number, number>();
    for (const [x, y] of points) values.set(x, (values.get(x) ?? 0) + y);
    const bands = xs.map((x) => {
      const low = tops.get(x) ?? 0;
      const high = low + (values.get(x) ?? 0);
      tops.set(x, high);
      return [x, low, high] as const;
    });
    return { name, bands };
  });
}

export type Extent = { readonly low: number; readonly high: number; readonly ticks: readonly number[] };

/** An axis of values: from zero unless all are far from it, with round ticks. */
export function valueExtent(values: readonly number[], wanted: number): Extent {
  const lowest = values.reduce((low, value) => Math.min(low, value), Infinity);
  const highest = values.reduce((high, value) => Math.max(high, value), -Infinity);
  if (!Number.isFinite(lowest)) return { low: 0, high: 1, ticks: [0, 1] };
  const low = lowest >= 0 ? 0 : lowest;
  const high = highest > low ? highest : low + 1;
  return { low, high: high + (high - low) * 0.04, ticks: roundTicks(low, high, wanted) };
}

/** The usual distance between neighbours: how wide a bar of time is. */
export function stepOf(series: readonly Series[]): number {
  const xs = [...new Set(series.flatMap(({ points }) => points.map(([x]) => x)))].sort((a, b) => a - b);
  const steps = xs.slice(1).map((x, at) => x - (xs[at] ?? x)).sort((a, b) => a - b);
  return steps[Math.floor(steps.length / 4)] ?? 60_000;
}

/** How much longer than a step a time without values is. */
const GAP_STEPS = 1.5;

/** Share of the distances between neighbours that must be whole steps for times to be on a grid. */
const GRID_SHARE = 0.9;

/** The distance of two neighbours beyond which nothing was measured between them; Infinity where times are on no grid. */
export function gapOf(times: readonly number[]): number {
  const distances = times.slice(1).map((x, at) => x - (times[at] ?? x));
  const step = distances.toSorted((a, b) => a - b)[Math.floor(distances.length / 4)] ?? 0;
  if (step <= 0 || distances.length < 2) return Infinity;
  const whole = distances.filter((distance) => Math.abs(distance / step - Math.round(distance / step)) < 0.02).length;
  return whole >= GRID_SHARE * distances.length ? GAP_STEPS * step : Infinity;
}

/** Points in runs without a gap: a line over a gap would tell of values that were never there. */
export function parts<Point extends readonly [x: number, ...rest: number[]]>(points: readonly Point[], gap: number): readonly (readonly Point[])[] {
  const runs: Point[][] = [];
  for (const point of points) {
    const run = runs.at(-1);
    const before = run?.at(-1);
    if (run && before && point[0] - before[0] <= gap) run.push(point);
    else runs.push([point]);
  }
  return runs;
}

/** Points with a gap on both sides: no line would show them. */
export const lonely = (points: Series['points'], gap: number): Series['points'] => parts(points, gap).flatMap((run) => (run.length === 1 ? run : []));

/** Of a band what is seen, and where it rises and falls: the edge of a band without height would hide the one below it. */
export function drawn<Band extends readonly [x: number, low: number, high: number]>(bands: readonly Band[]): readonly Band[] {
  const seen = (at: number): boolean => {
    const band = bands[at];
    return band !== undefined && band[2] > band[1];
  };
  return bands.filter((_, at) => seen(at - 1) || seen(at) || seen(at + 1));
}
