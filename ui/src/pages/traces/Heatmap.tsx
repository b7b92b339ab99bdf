import { useRef, useState } from 'preact/hooks';
import type { Asked } from '../../api/question.ts';
import type { HeatmapData } from '../../api/traces.ts';
import { type Surface, useCanvas } from '../../parts/canvas.ts';
import { counted, grouped } from '../../parts/numbers.ts';
import { timeTicks } from '../../parts/ticks.ts';
import { writeDuration } from '../../time/duration.ts';
import { writeSpan, writeTick } from '../../time/write.ts';
import { zone } from '../../time/zone.ts';
import { narrowTo } from './filters.ts';
import { boundOf, boxOf, cellAt, cellsOf, durationTicks, selected, shownRows, strength } from './heat.ts';

type At = { readonly bucket: number; readonly row: number };
type Brush = { readonly one: At; readonly other: At };

/** How long spans took over time. A brush narrows the search to its times and durations. */
export function Heatmap({ asked }: { asked: Asked<HeatmapData> }) {
  const { answer, loading, fault } = asked;
  if (answer === null || answer.data.durations.length === 0) {
    return <div class="heatmap">{fault && fault.code !== 'bad_search' ? <p class="dim note">No heatmap: {fault.message}</p> : null}</div>;
  }
  return <Chart data={answer.data} stale={loading} />;
}

function Chart({ data, stale }: { data: HeatmapData; stale: boolean }) {
  const area = useRef<HTMLDivElement>(null);
  const [at, setAt] = useState<At | null>(null);
  const [brush, setBrush] = useState<Brush | null>(null);
  const shown = shownRows(data);
  const canvas = useCanvas((surface) => drawCells(surface, data, shown), [data]);
  const under = (event: PointerEvent): At => {
    const box = (area.current as HTMLElement).getBoundingClientRect();
    return cellAt(data, event.clientX - box.left, event.clientY - box.top, shown, box.width, box.height);
  };
  const down = (event: PointerEvent): void => {
    if (event.button !== 0) return;
    (event.currentTarget as HTMLElement).setPointerCapture(event.pointerId);
    setBrush({ one: under(event), other: under(event) });
  };
  const up = (event: PointerEvent): void => {
    if (brush) narrowTo(selected(data, brush.one, under(event)));
    setBrush(null);
    setAt(null);
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    const from = at ?? { bucket: data.buckets - 1, row: shown.first };
    const step = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, 1], ArrowDown: [0, -1] }[event.key];
    if (event.key === 'Escape') setBrush(null);
    else if (event.key === 'Enter' && at) narrowTo(selected(data, brush?.one ?? at, at));
    else if (step) {
      const to = { bucket: within(from.bucket + (step[0] ?? 0), 0, data.buckets - 1), row: within(from.row + (step[1] ?? 0), shown.first, shown.end - 1) };
      setBrush(event.shiftKey ? { one: brush?.one ?? from, other: to } : null);
      setAt(to);
    } else return;
    event.preventDefault();
    event.stopPropagation();
  };
  return (
    <div class={`heatmap${stale ? ' stale' : ''}`}>
      <DurationAxis data={data} shown={shown} />
      <div
        class="area"
        ref={area}
        role="application"
        aria-label="Durations over time: arrows move, with Shift they select, Enter narrows the search to it"
        tabIndex={0}
        onPointerDown={down}
        onPointerMove={(event) => (brush ? setBrush({ ...brush, other: under(event) }) : setAt(under(event)))}
        onPointerUp={up}
        onPointerCancel={() => setBrush(null)}
        onPointerLeave={() => !brush && setAt(null)}
        onBlur={() => setAt(null)}
        onKeyDown={onKeyDown}
      >
        {durationTicks(data, shown).map(({ nanos, at: share }) => (
          <i key={nanos} class="line" style={{ bottom: `${share * 100}%` }} />
        ))}
        <canvas ref={canvas} aria-hidden="true" />
        {(brush || at) && <Frame data={data} shown={shown} brush={brush ?? { one: at as At, other: at as At }} filled={brush !== null} />}
        {(brush || at) && <Tip data={data} brush={brush ?? { one: at as At, other: at as At }} />}
      </div>
      <TimeAxis data={data} />
      <Legend data={data} />
    </div>
  );
}

type Shown = { readonly first: number; readonly end: number };

function drawCells({ context, width, height, colour }: Surface, data: HeatmapData, shown: Shown): void {
  const cells = cellsOf(data);
  const most = cells.reduce((max, cell) => Math.max(max, cell.count), 1);
  for (const cell of cells) {
    const { left, top, width: wide, height: high } = boxOf(data, cell.bucket, cell.row, shown, width, height);
    context.globalAlpha = strength(cell.count, most);
    context.fillStyle = colour('--heat');
    context.fillRect(left, top, Math.max(wide - 1, 1), high - 1);
    if (cell.errors === 0) continue;
    // Failed ones fill their share of the cell from below, and are never too few to be seen.
    const share = Math.max((high - 1) * (cell.errors / cell.count), Math.min(3, high - 1));
    context.globalAlpha = 0.55 + 0.45 * strength(cell.errors, most);
    context.fillStyle = colour('--error');
    context.fillRect(left, top + high - 1 - share, Math.max(wide - 1, 1), share);
  }
  context.globalAlpha = 1;
}

function Frame({ data, shown, brush, filled }: { data: HeatmapData; shown: Shown; brush: Brush; filled: boolean }) {
  const rows = shown.end - shown.first;
  const [low, high] = [Math.min(brush.one.row, brush.other.row), Math.max(brush.one.row, brush.other.row) + 1];
  const [first, end] = [Math.min(brush.one.bucket, brush.other.bucket), Math.max(brush.one.bucket, brush.other.bucket) + 1];
  const percent = (n: number, of: number): string => `${(n / of) * 100}%`;
  return (
    <i
      class={`frame${filled ? ' filled' : ''}`}
      style={{
        left: percent(first, data.buckets),
        width: percent(end - first, data.buckets),
        bottom: percent(low - shown.first, rows),
        height: percent(high - low, rows),
      }}
    />
  );
}

function Tip({ data, brush }: { data: HeatmapData; brush: Brush }) {
  const { from, to, shortest, longest } = selected(data, brush.one, brush.other);
  const inside = cellsOf(data).filter(
    ({ bucket, row }) =>
      data.start + bucket * data.step >= from - 1 && data.start + bucket * data.step < to - 1 && boundOf(data, row) >= shortest && boundOf(data, row) < longest,
  );
  const count = inside.reduce((sum, cell) => sum + cell.count, 0);
  const errors = inside.reduce((sum, cell) => sum + cell.errors, 0);
  const share = (brush.other.bucket + 0.5) / data.buckets;
  return (
    <div class={`tip${share > 0.7 ? ' to-left' : ''}`} style={{ left: `${share * 100}%` }}>
      <b>{writeSpan(from, to, zone.value === 'utc')}</b>
      <span>
        {writeDuration(shortest)} – {writeDuration(longest)}
      </span>
      <span>
        {grouped(count)} {count === 1 ? 'span' : 'spans'}
        {errors > 0 && <em class="wrong">{grouped(errors)} with errors</em>}
      </span>
    </div>
  );
}

function DurationAxis({ data, shown }: { data: HeatmapData; shown: Shown }) {
  return (
    <div class="durations" aria-hidden="true">
      {durationTicks(data, shown).map(({ nanos, at }) => (
        <span key={nanos} style={{ bottom: `${at * 100}%` }}>
          {writeDuration(nanos)}
        </span>
      ))}
    </div>
  );
}

function TimeAxis({ data }: { data: HeatmapData }) {
  const utc = zone.value === 'utc';
  const to = data.start + data.step * data.buckets;
  const { step, ticks } = timeTicks(data.start, to, 12, utc ? 0 : -new Date(to).getTimezoneOffset() * 60_000);
  return (
    <div class="axis" aria-hidden="true">
      {ticks.map((t) => {
        const share = (t - data.start) / (to - data.start);
        return share < 0.02 || share > 0.98 ? null : (
          <span key={t} style={{ left: `${share * 100}%` }}>
            {writeTick(t, step, utc)}
          </span>
        );
      })}
    </div>
  );
}

function Legend({ data }: { data: HeatmapData }) {
  const cells = cellsOf(data);
  const count = cells.reduce((sum, cell) => sum + cell.count, 0);
  const errors = cells.reduce((sum, cell) => sum + cell.errors, 0);
  return (
    <p class="legend">
      <i class="ok" /> {counted(count, 'span')}
      <i class="failed" /> {grouped(errors)} with errors
    </p>
  );
}

const within = (n: number, low: number, high: number): number => Math.max(low, Math.min(n, high));
