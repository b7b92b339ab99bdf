import { useMemo, useState } from 'preact/hooks';
import type { TraceData } from '../../../api/traces.ts';
import type { Answer } from '../../../api/types.ts';
import { useKeys } from '../../../app/keys.ts';
import { param, setParams } from '../../../app/router.ts';
import { stored } from '../../../app/stored.ts';
import { useToldApart } from '../../../parts/hues.ts';
import { criticalPath, type Piece } from './critical-path.ts';
import { logsBySpan } from './logs.ts';
import { Minimap } from './Minimap.tsx';
import { ancestors, type Trace, visibleRows } from './model.ts';
import { PathShares } from './PathShares.tsx';
import { SpanDetail } from './SpanDetail.tsx';
import { type Find, findSpans, TraceHead } from './TraceHead.tsx';
import { Waterfall } from './Waterfall.tsx';
import { type Zoom, zoomed, zoomOf, zoomText, whole } from './zoom.ts';

export const pathShown = stored<boolean>('trace.path', (json) => json !== false);

/** Traces of more spans are shown with their leaves' parents closed only if the user says so; this many open at once. */
const NOBODY: ReadonlySet<number> = new Set();

export function LoadedTrace({ trace, answer }: { trace: Trace; answer: Answer<TraceData> }) {
  const [collapsed, setCollapsed] = useState(NOBODY);
  const [find, setFind] = useState('');
  useToldApart(useMemo(() => [...new Set(trace.spans.map((span) => span.service))].sort(), [trace]));
  const rows = useMemo(() => visibleRows(trace.spans, collapsed), [trace, collapsed]);
  const pieces = useMemo(() => criticalPath(trace.spans, mainRoot(trace)), [trace]);
  const bySpan = useMemo(() => grouped(pieces), [pieces]);
  const logs = useMemo(() => logsBySpan(answer.data.logs ?? []), [answer]);
  const found = useMemo<Find>(() => findSpans(trace, find), [trace, find]);
  const bySpanId = useMemo(() => new Map(trace.spans.map((span) => [span.row.SpanId, span.index])), [trace]);
  const zoom = zoomOf(param('zoom'), trace.length);
  const selected = bySpanId.get(param('span')) ?? -1;

  const select = (index: number): void => {
    const span = trace.spans[index];
    if (span === undefined) return;
    setCollapsed(opened(collapsed, ancestors(trace.spans, index)));
    setParams({ span: span.row.SpanId }, selected < 0 ? 'push' : 'replace');
  };
  const close = (): void => setParams({ span: null });
  const setZoom = (next: Zoom, how: 'push' | 'replace' = 'push'): void => setParams({ zoom: zoomText(next, trace.length) }, how);
  const step = (list: readonly number[], by: 1 | -1): void => {
    const next = by === 1 ? (list.find((index) => index > selected) ?? list[0]) : (list.findLast((index) => index < selected) ?? list.at(-1));
    if (next !== undefined) select(next);
  };
  const middle = (): number => {
    const span = trace.spans[selected];
    return span && span.start >= zoom.from && span.start <= zoom.to ? span.start : (zoom.from + zoom.to) / 2;
  };
  const errors = useMemo(() => trace.spans.filter((span) => span.error).map((span) => span.index), [trace]);
  const actions = {
    close,
    select,
    setZoom,
    setCollapsed,
    fold: (index: number) => setCollapsed(toggled(collapsed, index)),
    find: setFind,
    nextError: (by: 1 | -1) => step(errors, by),
    nextFound: (by: 1 | -1) => step(found.list, by),
    zoomBy: (times: number) => setZoom(zoomed(zoom, times, middle(), trace.length), 'replace'),
    reset: () => setZoom(whole(trace.length)),
    toSpan: () => zoomToSpan(trace, selected, setZoom),
  };
  useTraceKeys(actions);
  const shown = pathShown.value ? bySpan : NO_PATH;
  return (
    <div class="trace">
      <TraceHead trace={trace} answer={answer} find={found} text={find} actions={actions} />
      <PathShares trace={trace} pieces={pieces} />
      <Minimap trace={trace} rows={rows} zoom={zoom} pieces={pathShown.value ? pieces : []} found={found} onZoom={setZoom} />
      <div class="trace-body">
        <Waterfall trace={trace} rows={rows} zoom={zoom} path={shown} logs={logs} find={found} collapsed={collapsed} selected={selected} actions={actions} />
        {selected >= 0 && <SpanDetail key={selected} trace={trace} index={selected} pieces={bySpan.get(selected) ?? []} logs={logs} actions={actions} />}
      </div>
    </div>
  );
}

export type TraceActions = {
  readonly close: () => void;
  readonly select: (index: number) => void;
  readonly setZoom: (zoom: Zoom, how?: 'push' | 'replace') => void;
  readonly setCollapsed: (collapsed: ReadonlySet<number>) => void;
  /** Opens or closes a span. */
  readonly fold: (index: number) => void;
  readonly find: (text: string) => void;
  readonly nextError: (by: 1 | -1) => void;
  readonly nextFound: (by: 1 | -1) => void;
  readonly zoomBy: (times: number) => void;
  readonly reset: () => void;
  readonly toSpan: () => void;
};

const NO_PATH: ReadonlyMap<number, readonly Piece[]> = new Map();

/** The root whose end is the trace's: that of the longest. */
function mainRoot(trace: Trace): number {
  const roots = trace.spans.filter((span) => span.parent < 0);
  const real = roots.filter((span) => !span.orphan);
  return (real.length > 0 ? real : roots).reduce((best, span) => (span.end - span.start > best.end - best.start ? span : best)).index;
}

function grouped(pieces: readonly Piece[]): ReadonlyMap<number, readonly Piece[]> {
  const map = new Map<number, Piece[]>();
  for (const piece of pieces) {
    const list = map.get(piece.span);
    if (list) list.push(piece);
    else map.set(piece.span, [piece]);
  }
  return map;
}

function toggled(collapsed: ReadonlySet<number>, index: number): ReadonlySet<number> {
  const next = new Set(collapsed);
  if (!next.delete(index)) next.add(index);
  return next;
}

function opened(collapsed: ReadonlySet<number>, indexes: readonly number[]): ReadonlySet<number> {
  if (!indexes.some((index) => collapsed.has(index))) return collapsed;
  const next = new Set(collapsed);
  for (const index of indexes) next.delete(index);
  return next;
}

function zoomToSpan(trace: Trace, index: number, setZoom: TraceActions['setZoom']): void {
  const span = trace.spans[index];
  if (span === undefined) return;
  const spare = Math.max((span.end - span.start) * 0.06, 500);
  setZoom({ from: Math.max(span.start - spare, 0), to: Math.min(span.end + spare, trace.length) });
}

function useTraceKeys(actions: TraceActions): void {
  const latest = useMemo(() => ({ actions }), []);
  latest.actions = actions;
  const group = 'Trace';
  useKeys([
    { key: '/', does: 'Find spans', group, run: () => document.getElementById('find-span')?.focus() },
    { key: 'n', does: 'Next found span', group, run: () => latest.actions.nextFound(1) },
    { key: 'N', does: 'Found span before', group, run: () => latest.actions.nextFound(-1) },
    { key: 'e', does: 'Next error', group, run: () => latest.actions.nextError(1) },
    { key: 'E', does: 'Error before', group, run: () => latest.actions.nextError(-1) },
    { key: 'c', does: 'Critical path', group, run: () => (pathShown.value = !pathShown.value) },
    { key: '+', does: 'Closer', group, run: () => latest.actions.zoomBy(0.5) },
    { key: '-', does: 'Wider', group, run: () => latest.actions.zoomBy(2) },
    { key: '0', does: 'Whole trace', group, run: () => latest.actions.reset() },
    { key: 's', does: 'Zoom to the span', group, run: () => latest.actions.toSpan() },
    { key: 'Escape', does: 'Close the details', group, run: () => latest.actions.close() },
  ]);
}
