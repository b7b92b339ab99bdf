// Arithmetic of the histogram.

import type { Histogram } from '../../api/types.ts';
import { areLevels, LEVEL_STACK, levelOf } from '../../parts/levels.ts';

export type Segment = { readonly group: string; readonly y: number; readonly height: number };

export type Bar = { readonly t: number; readonly total: number; readonly segments: readonly Segment[] };

export const HEIGHT = 100;

/** Even one error among a million rows must be seen. */
const SEGMENT_MIN: Readonly<Record<string, number>> = { fatal: 3, error: 3 };
const LEVEL_MIN = 1.2;
/** Of other groups there may be a dozen in a bar, which must not become high by what is hardly there. */
const SEGMENT_MIN_USUAL = 0.2;

/** Bars as high as {@link HEIGHT} at most. */
export function barsOf(histogram: Histogram): { readonly bars: readonly Bar[]; readonly highest: number } {
  const groups = stackOf(histogram.groups);
  const least = areLevels(histogram.groups) ? LEVEL_MIN : SEGMENT_MIN_USUAL;
  const totals = histogram.buckets.map((bucket) => bucket.counts.reduce((a, b) => a + b, 0));
  const highest = Math.max(...totals, 1);
  const bars = histogram.buckets.map((bucket, at) => {
    const countOf = (group: string): number => bucket.counts[histogram.groups.indexOf(group)] ?? 0;
    return { t: bucket.t, total: totals[at] ?? 0, segments: stacked(groups, countOf, highest, least) };
  });
  return { bars, highest };
}

/** The groups from the axis upwards. */
export const stackOf = (groups: readonly string[]): readonly string[] => (areLevels(groups) ? groups.toSorted((a, b) => rank(a) - rank(b)) : groups);

const rank = (group: string): number => LEVEL_STACK.indexOf(levelOf(undefined, group));

function stacked(groups: readonly string[], countOf: (group: string) => number, highest: number, least: number): readonly Segment[] {
  const there = groups.filter((group) => countOf(group) > 0);
  const heights = there.map((group) => Math.max((countOf(group) / highest) * HEIGHT, SEGMENT_MIN[group] ?? least));
  // What small ones were given beyond their share, the largest gives back where the bar would leave the plot.
  const excess = heights.reduce((a, b) => a + b, 0) - HEIGHT;
  const largest = heights.indexOf(Math.max(...heights));
  if (excess > 0) heights[largest] = (heights[largest] ?? 0) - excess;
  let top = HEIGHT;
  return there.map((group, at) => {
    const height = heights[at] ?? 0;
    top -= height;
    return { group, y: top, height };
  });
}

const STEPS_MS = [1, 10, 100, 1e3, 5e3, 15e3, 60e3, 300e3, 900e3, 1800e3, 3600e3, 3 * 3600e3, 6 * 3600e3, 12 * 3600e3, 86400e3, 2 * 86400e3, 7 * 86400e3, 30 * 86400e3];

/** Round times between two, so many at most; round by the clock whose distance to UTC is given. */
export function ticksOf(from: number, to: number, most: number, offsetMs: number): { readonly step: number; readonly ticks: readonly number[] } {
  const step = STEPS_MS.find((ms) => (to - from) / ms <= most) ?? (to - from) / most;
  const ticks: number[] = [];
  for (let t = Math.ceil((from + offsetMs) / step) * step - offsetMs; t < to; t += step) ticks.push(t);
  return { step, ticks };
}
