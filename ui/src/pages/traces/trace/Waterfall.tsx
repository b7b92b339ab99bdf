import { useEffect, useLayoutEffect, useRef, useState } from 'preact/hooks';
import type { SpanLog } from '../../../api/traces.ts';
import { useKeys } from '../../../app/keys.ts';
import { stored } from '../../../app/stored.ts';
import { roundTicks } from '../../../parts/ticks.ts';
import { clamp, evenLayout, scrollTo, windowAt } from '../../../parts/window.ts';
import { writeTickDuration } from '../../../time/duration.ts';
import type { Piece } from './critical-path.ts';
import type { TraceActions } from './LoadedTrace.tsx';
import type { Span, Trace } from './model.ts';
import type { Find } from './TraceHead.tsx';
import { SpanLine } from './SpanLine.tsx';
import { between, panned, type Zoom, zoomed } from './zoom.ts';

export const LINE_HEIGHT = 24;

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

const namesWidth = stored<number>('trace.names', (json) => (typeof json === 'number' ? clamp(json, 160, 900) : 380));

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
          <Edge width={names} />
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

const bodyHeight = (element: HTMLElement): number => element.clientHeight - ((element.firstElementChild as HTMLElement | null)?.offsetHeight ?? 0);

function useOnScreen(scroller: { current: HTMLElement | null }, row: number, count: number): void {
  useLayoutEffect(() => {
    const element = scroller.current;
    if (!element || row < 0) return;
    element.scrollTop = scrollTo(evenLayout(count, LINE_HEIGHT), row, element.scrollTop, bodyHeight(element));
  }, [row]);
}

/** Closer in time: if nothing on the screen begins in it, the first row that does is brought there. */
function useZoomOnScreen(scroller: { current: HTMLElement | null }, { trace, rows, zoom }: Props): void {
  useLayoutEffect(() => {
    const element = scroller.current;
    if (!element || (zoom.from === 0 && zoom.to === trace.length)) return;
    const begins = (index: number | undefined): boolean => {
      const span = trace.spans[index ?? -1];
      return span !== undefined && span.start >= zoom.from && span.start <= zoom.to;
    };
    const first = Math.floor(element.scrollTop / LINE_HEIGHT);
    const end = first + Math.ceil(bodyHeight(element) / LINE_HEIGHT);
    if (rows.slice(first, end).some(begins)) return;
    const found = rows.findIndex(begins);
    if (found >= 0) element.scrollTop = Math.max(found - 2, 0) * LINE_HEIGHT;
  }, [zoom.from, zoom.to]);
}

/** With Ctrl the wheel zooms around the pointer, with Shift (or sideways) it moves in time. */
function useWheelZoom(scroller: { current: HTMLElement | null }, names: number, props: Props): void {
  const latest = useRef({ names, props });
  latest.current = { names, props };
  useEffect(() => {
    const element = scroller.current;
    if (!element) return;
    const wheel = (event: WheelEvent): void => {
      const { names: left, props: now } = latest.current;
      const sideways = event.deltaX !== 0 ? event.deltaX : event.shiftKey ? event.deltaY : 0;
      if (!event.ctrlKey && sideways === 0) return;
      event.preventDefault();
      const { zoom, trace, actions } = now;
      const box = element.getBoundingClientRect();
      const width = element.clientWidth - left;
      const at = zoom.from + clamp((event.clientX - box.left - left) / width, 0, 1) * (zoom.to - zoom.from);
      if (event.ctrlKey) actions.setZoom(zoomed(zoom, Math.exp(event.deltaY / 300), at, trace.length), 'replace');
      else actions.setZoom(panned(zoom, (sideways / width) * (zoom.to - zoom.from), trace.length), 'replace');
    };
    element.addEventListener('wheel', wheel, { passive: false });
    return () => element.removeEventListener('wheel', wheel);
  }, []);
}

/** Pixels before a click becomes a drag. */
const DRAG_MIN = 5;

function dragZoom(down: PointerEvent, names: number, { zoom, trace, actions }: Props, show: (brush: Zoom | null) => void): void {
  const element = down.currentTarget as HTMLElement;
  const box = element.getBoundingClientRect();
  if (down.button !== 0 || down.clientX < box.left + names || down.clientX > box.left + element.clientWidth) return;
  const timeAt = (x: number): number => zoom.from + clamp((x - box.left - names) / (element.clientWidth - names), 0, 1) * (zoom.to - zoom.from);
  let brush: Zoom | null = null;
  const move = (event: PointerEvent): void => {
    if (brush === null && Math.abs(event.clientX - down.clientX) < DRAG_MIN) return;
    if (brush === null) element.setPointerCapture(down.pointerId);
    brush = between(timeAt(down.clientX), timeAt(event.clientX), trace.length);
    show(brush);
  };
  const end = (): void => {
    element.removeEventListener('pointermove', move);
    removeEventListener('pointerup', end);
    removeEventListener('pointercancel', end);
    show(null);
    if (brush) actions.setZoom(brush);
  };
  element.addEventListener('pointermove', move);
  addEventListener('pointerup', end);
  addEventListener('pointercancel', end);
}

/** The edge between names and time. */
function Edge({ width }: { width: number }) {
  const drag = (down: PointerEvent): void => {
    const edge = down.currentTarget as HTMLElement;
    down.preventDefault();
    down.stopPropagation();
    edge.setPointerCapture(down.pointerId);
    const move = (event: PointerEvent): void => void (namesWidth.value = clamp(width + event.clientX - down.clientX, 160, 900));
    edge.addEventListener('pointermove', move);
    edge.addEventListener('lostpointercapture', () => edge.removeEventListener('pointermove', move), { once: true });
  };
  return (
    <i
      class="edge"
      role="separator"
      aria-orientation="vertical"
      aria-label="Width of the names"
      aria-valuenow={Math.round(width)}
      tabIndex={0}
      onPointerDown={drag}
      onKeyDown={(event) => {
        const by = { ArrowLeft: -20, ArrowRight: 20 }[event.key];
        if (by === undefined) return;
        event.preventDefault();
        event.stopPropagation();
        namesWidth.value = clamp(width + by, 160, 900);
      }}
    />
  );
}
