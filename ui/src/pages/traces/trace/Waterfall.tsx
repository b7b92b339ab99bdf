import { useLayoutEffect, useRef, useState } from 'preact/hooks';
import type { SpanLog } from '../../../api/traces.ts';
import { useKeys } from '../../../app/keys.ts';
import { roundTicks } from '../../../parts/ticks.ts';
import { clamp, evenLayout, scrollTo, windowAt } from '../../../parts/window.ts';
import { writeTickDuration } from '../../../time/duration.ts';
import type { Piece } from './critical-path.ts';
import { dragZoom, useWheelZoom, useZoomOnScreen } from './gestures.ts';
import { bodyHeight, LINE_HEIGHT } from './line-height.ts';
import type { TraceActions } from './LoadedTrace.tsx';
import type { Span, Trace } from './model.ts';
import type { Find } from './TraceHead.tsx';
import { NamesEdge, namesWidth } from './NamesEdge.tsx';
import { SpanLine } from './SpanLine.tsx';
import type { Zoom } from './zoom.ts';

type Props = {
  readonly trace: Trace;
  /** Numbers of the spans that have a row. */
  readonly rows: readonly number[];
  readonly zoom: Zoom;
  readonly path: ReadonlyMap<number, readonly Piece[]>;
  readonly logs: ReadonlyMap<string, readonly SpanLog[]>;
  readonly find: Find;
  readonly collapsed: ReadonlySet<number>;
  /** The span whose details are open; -1 for none. */
  readonly selected: number;
  readonly actions: TraceActions;
};

/** Spans under each other, by time. Only the rows on the screen exist, and only those that come are rendered as it scrolls. */
export function Waterfall(props: Props) {
  const { trace, rows, zoom, selected, actions } = props;
  const scroller = useRef<HTMLDivElement>(null);
  const [view, setView] = useState({ top: 0, height: 600, width: 800 });
  const [brush, setBrush] = useState<Zoom | null>(null);
  const layout = evenLayout(rows.length, LINE_HEIGHT);
  const shown = windowAt(layout, view.top, view.height, 6);
  const names = Math.min(namesWidth.value, view.width * 0.6);
  const selectedRow = rows.indexOf(selected);
  useMeasured(scroller, setView);
  useOnScreen(scroller, selectedRow, rows.length);
  useZoomOnScreen(scroller, props);
  useWheelZoom(scroller, names, props);
  const ticks = roundTicks(zoom.from, zoom.to, Math.max((view.width - names) / 110, 2));

  useRowKeys(props, selectedRow, Math.max(Math.floor(view.height / LINE_HEIGHT) - 1, 1));
  return (
    <div
      class="waterfall"
      ref={scroller}
      role="treegrid"
      aria-label="Spans"
      aria-rowcount={rows.length}
      aria-activedescendant={selectedRow >= shown.first && selectedRow < shown.end ? `span-${selected}` : undefined}
      tabIndex={0}
      style={{ '--names': `${names}px`, ...gridLines(ticks, zoom, view.width - names) }}
      onScroll={(event) => setView({ ...view, top: event.currentTarget.scrollTop })}
      onPointerDown={(event) => dragZoom(event, names, props, setBrush)}
    >
      <div class="ruler" role="row">
        <div role="columnheader">
          Service and operation
          <NamesEdge width={names} />
        </div>
        <div role="columnheader" class="ticks">
          {ticks.map((nanos) => (
            <span key={nanos} style={{ left: `${((nanos - zoom.from) / (zoom.to - zoom.from)) * 100}%` }}>
              {writeTickDuration(nanos, (ticks[1] ?? nanos) - (ticks[0] ?? 0) || nanos)}
            </span>
          ))}
          {brush && <i class="brush" style={brushStyle(brush, zoom, view.height)} />}
        </div>
      </div>
      <div class="lines" role="rowgroup" style={{ height: `${shown.height}px` }}>
        <div style={{ transform: `translateY(${shown.offset}px)` }}>
          {rows.slice(shown.first, shown.end).map((index, at) => {
            const span = trace.spans[index] as Span;
            return (
              <SpanLine
                key={shown.first + at}
                span={span}
                parent={trace.spans[span.parent]}
                row={shown.first + at}
                zoom={zoom}
                width={view.width - names}
                path={props.path.get(index)}
                logs={props.logs.get(span.row.SpanId)}
                traceStart={trace.start}
                dim={props.find.set !== null && !props.find.set.has(index)}
                closed={props.collapsed.has(index)}
                selected={index === selected}
                actions={actions}
              />
            );
          })}
        </div>
      </div>
    </div>
  );
}

/** Vertical lines at the ticks, drawn once for all rows. */
function gridLines(ticks: readonly number[], zoom: Zoom, width: number): Record<string, string> {
  const scale = width / (zoom.to - zoom.from);
  const step = ((ticks[1] ?? 0) - (ticks[0] ?? 0)) * scale;
  return step > 4 ? { '--tick': `${step}px`, '--tick-at': `${((ticks[0] ?? 0) - zoom.from) * scale}px` } : { '--tick': '100000px', '--tick-at': '-1px' };
}

const brushStyle = (brush: Zoom, zoom: Zoom, height: number) => ({
  left: `${((brush.from - zoom.from) / (zoom.to - zoom.from)) * 100}%`,
  width: `${((brush.to - brush.from) / (zoom.to - zoom.from)) * 100}%`,
  height: `${height}px`,
});

/** Arrows move among the rows wherever the focus is, but in fields. */
function useRowKeys(props: Props, row: number, page: number): void {
  const latest = useRef({ props, row, page });
  latest.current = { props, row, page };
  const to = (where: (now: { row: number; page: number; last: number }) => number) => (): void => {
    const { props: now, row: at, page: by } = latest.current;
    const last = now.rows.length - 1;
    now.actions.select(now.rows[clamp(where({ row: at, page: by, last }), 0, last)] ?? 0);
  };
  const group = 'Trace';
  const next = to((now) => now.row + 1);
  const before = to((now) => now.row - 1);
  useKeys([
    { key: 'j', does: 'Next span', group, run: next },
    { key: 'k', does: 'Span before', group, run: before },
    { key: 'ArrowDown', does: 'Next span', group, run: next },
    { key: 'ArrowUp', does: 'Span before', group, run: before },
    { key: 'ArrowRight', does: 'Open, then into it', group, run: () => fold(latest.current.props, true) },
    { key: 'ArrowLeft', does: 'Close, then out of it', group, run: () => fold(latest.current.props, false) },
    { key: 'PageDown', does: 'A screen further', group, run: to((now) => now.row + now.page) },
    { key: 'PageUp', does: 'A screen back', group, run: to((now) => now.row - now.page) },
    { key: 'Home', does: 'First span', group, run: to(() => 0) },
    { key: 'End', does: 'Last span', group, run: to((now) => now.last) },
  ]);
}

/** Right opens, then goes to the first child; left closes, then goes to the parent. */
function fold(props: Props, open: boolean): void {
  const span = props.trace.spans[props.selected];
  if (span === undefined) return;
  const closed = props.collapsed.has(span.index);
  if (span.below > 0 && closed === open) props.actions.fold(span.index);
  else if (open && span.below > 0) props.actions.select(span.index + 1);
  else if (!open && span.parent >= 0) props.actions.select(span.parent);
}

type View = { readonly top: number; readonly height: number; readonly width: number };

function useMeasured(scroller: { current: HTMLElement | null }, set: (view: View) => void): void {
  useLayoutEffect(() => {
    const element = scroller.current;
    if (!element) return;
    const observer = new ResizeObserver(() => set({ top: element.scrollTop, height: bodyHeight(element), width: element.clientWidth }));
    observer.observe(element);
    return () => observer.disconnect();
  }, []);
}

function useOnScreen(scroller: { current: HTMLElement | null }, row: number, count: number): void {
  useLayoutEffect(() => {
    const element = scroller.current;
    if (!element || row < 0) return;
    element.scrollTop = scrollTo(evenLayout(count, LINE_HEIGHT), row, element.scrollTop, bodyHeight(element));
  }, [row]);
}
