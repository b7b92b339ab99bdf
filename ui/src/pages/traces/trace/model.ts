// A trace as the waterfall needs it: spans in the order of its rows, times as nanoseconds from its start.
import type { SpanRow, TraceData } from '../../../api/traces.ts';

/** A span and where it lies. Nanoseconds since the trace's start are exact as numbers: a trace is shorter than 104 days. */
export type Span = {
  readonly row: SpanRow;
  readonly service: string;
  readonly name: string;
  readonly error: boolean;
  /** Its number among the spans of the trace: that of its row when nothing is collapsed. */
  readonly index: number;
  /** -1 for a root. */
  readonly parent: number;
  readonly depth: number;
  /** How many spans are below it, at any depth: the next ones. */
  readonly below: number;
  readonly start: number;
  readonly end: number;
  /** Its own time: how much of it no child covers. */
  readonly self: number;
  /** Nanoseconds that it was moved because its clock ran differently from its parent's. */
  readonly moved: number;
  /** It names a parent that is not in the trace. */
  readonly orphan: boolean;
};

export type Trace = {
  readonly id: string;
  /** Nanoseconds since 1970 of its first span. */
  readonly start: bigint;
  /** From the first start to the last end. */
  readonly length: number;
  readonly spans: readonly Span[];
  readonly services: readonly string[];
  readonly errors: number;
  readonly orphans: number;
  readonly moved: number;
  readonly depth: number;
};

type Draft = { row: SpanRow; start: number; end: number; parent: Draft | null; children: Draft[]; moved: number; seen: boolean; orphan: boolean };

export function traceOf(data: TraceData): Trace {
  const first = data.spans.reduce<bigint | null>((low, row) => {
    const at = BigInt(row.Timestamp);
    return low === null || at < low ? at : low;
  }, null);
  const start = first ?? BigInt(data.start || '0');
  const drafts = data.spans.map((row) => draftOf(row, start));
  const roots = linked(drafts);
  for (const root of roots) correctClocks(root);
  const ordered = preorder(roots);
  const begin = beginAtZero(ordered);
  const spans = ordered.map((draft, index) => spanOf(draft, index));
  return finished(data.trace_id, start + BigInt(Math.round(begin)), withTree(spans, ordered));
}

function draftOf(row: SpanRow, first: bigint): Draft {
  const start = Number(BigInt(row.Timestamp) - first);
  return { row, start, end: start + Math.max(Number(row.Duration ?? 0), 0), parent: null, children: [], moved: 0, seen: false, orphan: false };
}

/** Joins children to parents; answers with the roots, which are orphans too, and one span of each ring. */
function linked(drafts: readonly Draft[]): readonly Draft[] {
  const byId = new Map<string, Draft>();
  for (const draft of drafts) if (!byId.has(draft.row.SpanId)) byId.set(draft.row.SpanId, draft);
  const roots: Draft[] = [];
  for (const draft of drafts) {
    const wanted = draft.row.ParentSpanId ?? '';
    const parent = wanted === '' ? undefined : byId.get(wanted);
    if (parent !== undefined && parent !== draft) {
      draft.parent = parent;
      parent.children.push(draft);
    } else {
      draft.orphan = wanted !== '' && parent !== draft;
      roots.push(draft);
    }
  }
  const reached = new Set(preorder(roots));
  for (const draft of drafts) {
    if (reached.has(draft)) continue;
    // Its ancestors form a ring: it is opened here.
    draft.parent?.children.splice(draft.parent.children.indexOf(draft), 1);
    draft.parent = null;
    draft.orphan = true;
    roots.push(draft);
    for (const below of preorder([draft])) reached.add(below);
  }
  return roots.sort(byStart);
}

const byStart = (a: Draft, b: Draft): number => a.start - b.start || b.end - a.end;

/** Parents before children, children by start. With a stack of its own: traces can be deeper than the call stack. */
function preorder(roots: readonly Draft[]): readonly Draft[] {
  const ordered: Draft[] = [];
  const stack = [...roots].reverse();
  const seen = new Set<Draft>();
  for (let draft = stack.pop(); draft !== undefined; draft = stack.pop()) {
    if (seen.has(draft)) continue;
    seen.add(draft);
    ordered.push(draft);
    const children = draft.children.sort(byStart);
    for (let at = children.length - 1; at >= 0; at--) stack.push(children[at] as Draft);
  }
  return ordered;
}

/**
 * Moves spans that begin before their parent did, which only a clock can do: into the middle of the parent as if both ways
 * of the network took the same, or to its start if they do not fit. Spans of the same process share its clock, and move along.
 */
function correctClocks(root: Draft): void {
  for (const draft of preorder([root])) {
    const parent = draft.parent;
    if (parent === null) continue;
    draft.moved = sameClock(draft.row, parent.row) ? parent.moved : 0;
    draft.start += draft.moved;
    draft.end += draft.moved;
    if (draft.start >= parent.start || sameClock(draft.row, parent.row)) continue;
    const spare = parent.end - parent.start - (draft.end - draft.start);
    const by = parent.start + Math.max(spare / 2, 0) - draft.start;
    draft.moved += by;
    draft.start += by;
    draft.end += by;
  }
}

/** The first of them may have been moved: times count from the one that is first now. */
function beginAtZero(drafts: readonly Draft[]): number {
  const begin = drafts.reduce((low, draft) => Math.min(low, draft.start), Infinity);
  if (!Number.isFinite(begin) || begin === 0) return 0;
  for (const draft of drafts) {
    draft.start -= begin;
    draft.end -= begin;
  }
  return begin;
}

const INSTANCE = ['service.instance.id', 'k8s.pod.name', 'host.name'];

function sameClock(a: SpanRow, b: SpanRow): boolean {
  if (a.ServiceName !== b.ServiceName) return false;
  return INSTANCE.every((name) => a.ResourceAttributes?.[name] === b.ResourceAttributes?.[name]);
}

function spanOf(draft: Draft, index: number): Span {
  const { row, start, end, moved, orphan } = draft;
  return {
    row,
    service: row.ServiceName || 'unknown',
    name: row.SpanName || row.SpanId,
    error: /error/i.test(row.StatusCode ?? ''),
    index,
    parent: -1,
    depth: 0,
    below: 0,
    start,
    end,
    self: end - start,
    moved,
    orphan,
  };
}

/** Fills in what follows from the tree. */
function withTree(spans: readonly Span[], ordered: readonly Draft[]): readonly Span[] {
  const indexOf = new Map(ordered.map((draft, index) => [draft, index]));
  const parents = ordered.map((draft) => (draft.parent === null ? -1 : (indexOf.get(draft.parent) ?? -1)));
  const depths = new Int32Array(spans.length);
  const below = new Int32Array(spans.length);
  for (let at = 0; at < spans.length; at++) {
    const parent = parents[at] ?? -1;
    if (parent >= 0) depths[at] = (depths[parent] ?? 0) + 1;
  }
  for (let at = spans.length - 1; at >= 0; at--) {
    const parent = parents[at] ?? -1;
    if (parent >= 0) below[parent] = (below[parent] ?? 0) + (below[at] ?? 0) + 1;
  }
  return spans.map((span, at) => ({
    ...span,
    parent: parents[at] ?? -1,
    depth: depths[at] ?? 0,
    below: below[at] ?? 0,
    self: selfTime(ordered[at] as Draft),
  }));
}

/** What its children, which are in the order of their starts, leave uncovered. */
function selfTime(draft: Draft): number {
  let covered = 0;
  let upTo = draft.start;
  for (const child of draft.children) {
    const from = Math.max(child.start, upTo);
    const to = Math.min(child.end, draft.end);
    if (to <= from) continue;
    covered += to - from;
    upTo = to;
  }
  return draft.end - draft.start - covered;
}

function finished(id: string, start: bigint, spans: readonly Span[]): Trace {
  const count = (is: (span: Span) => boolean): number => spans.reduce((sum, span) => sum + (is(span) ? 1 : 0), 0);
  return {
    id,
    start,
    length: spans.reduce((end, span) => Math.max(end, span.end), 0),
    spans,
    services: [...new Set(spans.map((span) => span.service))],
    errors: count((span) => span.error),
    orphans: count((span) => span.orphan),
    moved: count((span) => span.moved !== 0),
    depth: spans.reduce((depth, span) => Math.max(depth, span.depth + 1), 0),
  };
}

/** Which spans have a row: all but those below a collapsed one. */
export function visibleRows(spans: readonly Span[], collapsed: ReadonlySet<number>): readonly number[] {
  const rows: number[] = [];
  for (let at = 0; at < spans.length; at++) {
    rows.push(at);
    if (collapsed.has(at)) at += spans[at]?.below ?? 0;
  }
  return rows;
}

/** All spans above one, the nearest first. */
export function ancestors(spans: readonly Span[], index: number): readonly number[] {
  const above: number[] = [];
  for (let at = spans[index]?.parent ?? -1; at >= 0; at = spans[at]?.parent ?? -1) above.push(at);
  return above;
}
