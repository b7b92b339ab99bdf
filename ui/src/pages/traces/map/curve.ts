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

/** Where an arrow's label stands: in the gap behind the caller, where arrows have not met yet. */
export function labelPoint(points: readonly Point[]): Point {
  const [from, to] = points;
  if (from === undefined || to === undefined) return { x: 0, y: 0 };
  return { x: (from.x + to.x) / 2, y: (from.y + to.y) / 2 };
}
