import { useRef, useState } from 'preact/hooks';
import { type Surface, useCanvas } from '../../../parts/canvas.ts';
import { hueName } from '../../../parts/hues.ts';
import type { Piece } from './critical-path.ts';
import type { Span, Trace } from './model.ts';
import type { Find } from './TraceHead.tsx';
import { between, panned, type Zoom, whole } from './zoom.ts';

type Props = {
  readonly trace: Trace;
  readonly rows: readonly number[];
  readonly zoom: Zoom;
  readonly pieces: readonly Piece[];
  readonly found: Find;
  readonly onZoom: (zoom: Zoom, how?: 'push' | 'replace') => void;
};

/** The whole trace in small. Dragging selects the time that is shown; dragging inside what is shown moves it. */
export function Minimap({ trace, rows, zoom, pieces, found, onZoom }: Props) {
  const area = useRef<HTMLDivElement>(null);
  const [brush, setBrush] = useState<Zoom | null>(null);
  const canvas = useCanvas((surface) => draw(surface, trace, rows, pieces, found), [trace, rows, pieces, found]);
  const timeAt = (clientX: number): number => {
    const box = (area.current as HTMLElement).getBoundingClientRect();
    return Math.max(0, Math.min((clientX - box.left) / box.width, 1)) * trace.length;
  };
  const down = (event: PointerEvent): void => {
    if (event.button !== 0) return;
    const element = event.currentTarget as HTMLElement;
    element.setPointerCapture(event.pointerId);
    const start = timeAt(event.clientX);
    const moving = isZoomed(zoom, trace) && start > zoom.from && start < zoom.to;
    let last: Zoom | null = null;
    const move = (to: PointerEvent): void => {
      const now = timeAt(to.clientX);
      last = moving ? panned(zoom, now - start, trace.length) : between(start, now, trace.length);
      if (moving) onZoom(last, 'replace');
      else setBrush(last);
    };
    const end = (): void => {
      element.removeEventListener('pointermove', move);
      setBrush(null);
      if (last && !moving) onZoom(last);
    };
    element.addEventListener('pointermove', move);
    element.addEventListener('lostpointercapture', end, { once: true });
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    const width = zoom.to - zoom.from;
    const by = { ArrowLeft: -width / 4, ArrowRight: width / 4 }[event.key];
    if (by === undefined) return;
    event.preventDefault();
    event.stopPropagation();
    onZoom(panned(zoom, by, trace.length), 'replace');
  };
  const shown = brush ?? zoom;
  const percent = (nanos: number): string => `${(nanos / Math.max(trace.length, 1)) * 100}%`;
  return (
    <div
      class={`minimap${isZoomed(zoom, trace) ? ' zoomed' : ''}`}
      ref={area}
      role="slider"
      aria-label="Time shown: arrows move it"
      aria-valuemin={0}
      aria-valuemax={trace.length}
      aria-valuenow={Math.round(zoom.from)}
      tabIndex={0}
      title="Drag to zoom, double-click for the whole trace"
      onPointerDown={down}
      onDblClick={() => onZoom(whole(trace.length))}
      onKeyDown={onKeyDown}
    >
      <canvas ref={canvas} aria-hidden="true" />
      <i class="shade" style={{ left: '0', width: percent(shown.from) }} />
      <i class="shade" style={{ left: percent(shown.to), right: '0' }} />
      {(brush || isZoomed(zoom, trace)) && <i class="shown" style={{ left: percent(shown.from), width: percent(shown.to - shown.from) }} />}
    </div>
  );
}

const isZoomed = (zoom: Zoom, trace: Trace): boolean => zoom.from > 0 || zoom.to < trace.length;

function draw({ context, width, height, colour }: Surface, trace: Trace, rows: readonly number[], pieces: readonly Piece[], found: Find): void {
  const space = height - 6;
  const thick = Math.max(Math.min(space / Math.max(rows.length, 1), 5) - (rows.length > space ? 0 : 1), 1);
  const x = (nanos: number): number => (nanos / Math.max(trace.length, 1)) * width;
  const y = (row: number): number => 2 + (row / Math.max(rows.length, 1)) * (space - thick);
  const bar = (row: number, span: Span, token: string): void => {
    context.fillStyle = colour(token);
    context.fillRect(x(span.start), y(row), Math.max(x(span.end) - x(span.start), 1), thick);
  };
  rows.forEach((index, row) => {
    const span = trace.spans[index] as Span;
    context.globalAlpha = found.set !== null && !found.set.has(index) ? 0.15 : 0.9;
    bar(row, span, hueName(span.service));
  });
  context.globalAlpha = 1;
  // Errors once more, above what covers them: under the service's colour where there is room for both.
  rows.forEach((index, row) => {
    const span = trace.spans[index] as Span;
    if (!span.error) return;
    context.fillStyle = colour('--error');
    const high = thick > 2 ? thick / 2 : thick;
    context.fillRect(x(span.start), y(row) + thick - high, Math.max(x(span.end) - x(span.start), 1), high);
  });
  context.fillStyle = colour('--path');
  for (const { from, to } of pieces.length > 0 ? [{ from: pieces[0]?.from ?? 0, to: pieces.at(-1)?.to ?? 0 }] : []) {
    context.fillRect(x(from), height - 2, x(to) - x(from), 2);
  }
}
