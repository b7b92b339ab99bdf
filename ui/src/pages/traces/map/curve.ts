import type { Point } from './layout.ts';

/** A smooth path through points that leaves and arrives horizontally. */
export function curve(points: readonly Point[]): string {
  const [first, ...rest] = points;
  if (first === undefined) return '';
  let from = first;
  let path = `M${at(first)}`;
  for (const to of rest) {
    const bend = (to.x - from.x) / 2;
    path += from.y === to.y ? `L${at(to)}` : `C${at({ x: from.x + bend, y: from.y })} ${at({ x: to.x - bend, y: to.y })} ${at(to)}`;
    from = to;
  }
  return path;
}

const at = ({ x, y }: Point): string => `${round(x)},${round(y)}`;

const round = (n: number): number => Math.round(n * 10) / 10;

/**
 * Where an arrow's label stands: on the straight piece it keeps free between layers; else nearer to the end at which fewer
 * arrows meet, where it is not in the way of others.
 */
export function labelPoint(points: readonly Point[], callees: number, callers: number): Point {
  const [from, to, next] = points;
  if (from === undefined || to === undefined) return { x: 0, y: 0 };
  if (next !== undefined) return { x: (to.x + next.x) / 2, y: to.y };
  return onCurve(from, to, callees > callers ? 0.66 : callees < callers ? 0.34 : 0.5);
}

/** A point of the piece that {@link curve} draws between two. */
function onCurve(from: Point, to: Point, t: number): Point {
  const bend = (to.x - from.x) / 2;
  const mix = (a: number, b: number, c: number, d: number): number => (1 - t) ** 3 * a + 3 * (1 - t) ** 2 * t * b + 3 * (1 - t) * t ** 2 * c + t ** 3 * d;
  return { x: mix(from.x, from.x + bend, to.x - bend, to.x), y: mix(from.y, from.y, to.y, to.y) };
}
