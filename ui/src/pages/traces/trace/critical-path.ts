// Which spans a trace waited for.
import type { Span } from './model.ts';

/** A piece of time that a span itself spent on the critical path. Nanoseconds since the trace's start. */
export type Piece = { readonly span: number; readonly from: number; readonly to: number };

/**
 * The chain that determines when a span ended, walked back from its end: the span was waiting for whichever child ended last
 * before; that child, from its end, for its own; when it started, the one that had ended last before that was waited for; and
 * what no child covers the span spent itself. What ended later was not waited for: it runs on its own. The pieces are disjoint,
 * cover the span from start to end, and are ordered by time.
 *
 * @param spans in preorder, as {@link Trace} has them
 * @param root the number of the span whose end is asked about
 */
export function criticalPath(spans: readonly Span[], root: number): readonly Piece[] {
  const top = spans[root];
  if (top === undefined) return [];
  const children = childrenByEnd(spans, root);
  const pieces: Piece[] = [];
  // A stack of its own: traces can be deeper than the call stack.
  const stack: Walk[] = [{ span: top, cursor: top.end, next: 0, floor: top.start }];
  for (let walk = stack.at(-1); walk !== undefined; walk = stack.at(-1)) {
    const child = waitedFor(walk, children.get(walk.span.index) ?? []);
    if (child === null) {
      piece(pieces, walk.span.index, walk.floor, walk.cursor);
      stack.pop();
      continue;
    }
    const end = Math.min(child.end, walk.cursor);
    const floor = Math.max(child.start, walk.floor);
    piece(pieces, walk.span.index, end, walk.cursor);
    walk.cursor = floor;
    stack.push({ span: child, cursor: end, next: 0, floor });
  }
  return pieces.reverse();
}

/** How much later than it was waited for a child may end, as a share of its parent's time: clocks differ a little. */
const SLACK = 0.01;

type Walk = {
  readonly span: Span;
  /** What lies behind it is explained. */
  cursor: number;
  /** The first child, from the last end, that was not looked at. */
  next: number;
  /** Nothing before it is asked about: a child cannot explain what came before its parent's start. */
  readonly floor: number;
};

/** The child that ended last before the cursor. */
function waitedFor(walk: Walk, children: readonly Span[]): Span | null {
  const slack = (walk.span.end - walk.span.start) * SLACK;
  while (walk.next < children.length) {
    const child = children[walk.next++] as Span;
    const started = child.start < walk.cursor && child.end > child.start;
    if (started && child.end <= walk.cursor + slack && child.end > walk.floor) return child;
  }
  return null;
}

function childrenByEnd(spans: readonly Span[], root: number): Map<number, Span[]> {
  const children = new Map<number, Span[]>();
  const last = root + (spans[root]?.below ?? 0);
  for (let at = root + 1; at <= last; at++) {
    const span = spans[at] as Span;
    const siblings = children.get(span.parent);
    if (siblings) siblings.push(span);
    else children.set(span.parent, [span]);
  }
  for (const siblings of children.values()) siblings.sort((a, b) => b.end - a.end || a.start - b.start);
  return children;
}

function piece(pieces: Piece[], span: number, from: number, to: number): void {
  if (to > from) pieces.push({ span, from, to });
}

/** How much of the critical path each span spent itself. */
export function timeOnPath(pieces: readonly Piece[]): ReadonlyMap<number, number> {
  const times = new Map<number, number>();
  for (const { span, from, to } of pieces) times.set(span, (times.get(span) ?? 0) + to - from);
  return times;
}
