import { useEffect, useLayoutEffect, useRef } from 'preact/hooks';
import { clamp } from '../../../parts/window.ts';
import type { TraceActions } from './LoadedTrace.tsx';
import type { Trace } from './model.ts';
import { bodyHeight, LINE_HEIGHT } from './line-height.ts';
import { between, panned, type Zoom, zoomed } from './zoom.ts';

type Shown = { readonly trace: Trace; readonly rows: readonly number[]; readonly zoom: Zoom; readonly actions: TraceActions };

type Scroller = { current: HTMLElement | null };

/** Closer in time: if nothing on the screen begins in it, the first row that does is brought there. */
export function useZoomOnScreen(scroller: Scroller, { trace, rows, zoom }: Shown): void {
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
export function useWheelZoom(scroller: Scroller, names: number, props: Shown): void {
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

export function dragZoom(down: PointerEvent, names: number, { zoom, trace, actions }: Shown, show: (brush: Zoom | null) => void): void {
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
