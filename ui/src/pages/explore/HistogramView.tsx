import { useRef, useState } from 'preact/hooks';
import { stays } from '../../api/question.ts';
import type { Histogram } from '../../api/types.ts';
import { setRangeMillis } from '../../app/range.ts';
import { counted, grouped } from '../../parts/numbers.ts';
import { clamp } from '../../parts/window.ts';
import { writeSpan, writeTick } from '../../time/write.ts';
import { zone } from '../../time/zone.ts';
import { useToldApart } from '../../parts/hues.ts';
import { areLevels } from '../../parts/levels.ts';
import { type Bar, barsOf, HEIGHT, stackOf, ticksOf } from './bars.ts';
import { groupColour, groupWords, OTHER } from './colours.ts';
import { faultWords, histogram, onScreen } from './state.ts';

/** Rows over time, by level or whatever field was chosen. Dragging over it, or Enter at a bar, goes to that time. */
export function HistogramView() {
  const { answer, loading, fault } = histogram.state.value;
  if (answer === null || answer.data.buckets.length === 0) {
    return <div class="histogram">{fault && !stays(fault) ? <p class="dim">No histogram: {faultWords(fault)}</p> : null}</div>;
  }
  return <Chart histogram={answer.data} stale={loading || stays(fault)} />;
}

type Brush = { readonly from: number; readonly to: number };

function Chart({ histogram: data, stale }: { histogram: Histogram; stale: boolean }) {
  const plot = useRef<HTMLDivElement>(null);
  const [at, setAt] = useState(-1);
  const [brush, setBrush] = useState<Brush | null>(null);
  const { bars, highest } = barsOf(data);
  const levels = areLevels(data.groups);
  useToldApart(levels ? [] : data.groups.filter((group) => group !== OTHER && group !== ''));
  const ends = { from: data.start, to: data.start + data.step * bars.length };
  const share = (clientX: number): number => {
    const box = plot.current?.getBoundingClientRect();
    return box ? clamp((clientX - box.left) / box.width, 0, 1) : 0;
  };
  const bucketAt = (x: number): number => clamp(Math.floor(x * bars.length), 0, bars.length - 1);
  const goTo = (first: number, last: number): void => setRangeMillis(data.start + first * data.step, data.start + (last + 1) * data.step);

  const drag = (down: PointerEvent): void => {
    if (down.button !== 0) return;
    const start = share(down.clientX);
    let now = start;
    const element = down.currentTarget as HTMLElement;
    element.setPointerCapture(down.pointerId);
    const move = (event: PointerEvent): void => {
      now = share(event.clientX);
      setBrush({ from: Math.min(start, now), to: Math.max(start, now) });
    };
    const end = (event: Event): void => {
      element.removeEventListener('pointermove', move);
      element.removeEventListener('pointerup', end);
      element.removeEventListener('pointercancel', end);
      setBrush(null);
      if (event.type === 'pointerup') goTo(bucketAt(Math.min(start, now)), bucketAt(Math.max(start, now)));
    };
    element.addEventListener('pointermove', move);
    element.addEventListener('pointerup', end);
    element.addEventListener('pointercancel', end);
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    const to = { ArrowLeft: at - 1, ArrowRight: at + 1, Home: 0, End: bars.length - 1 }[event.key];
    if (to !== undefined) setAt(clamp(to, 0, bars.length - 1));
    else if (event.key === 'Enter' && at >= 0) goTo(at, at);
    else return;
    event.preventDefault();
    event.stopPropagation();
  };

  return (
    <div class={`histogram${stale ? ' stale' : ''}`}>
      <div
        class="plot"
        ref={plot}
        role="slider"
        aria-label="Rows over time: arrows move, Enter goes to the time of a bar"
        aria-valuemin={0}
        aria-valuemax={bars.length - 1}
        aria-valuenow={Math.max(at, 0)}
        aria-valuetext={at >= 0 ? described(bars[at], data.step) : 'no bar'}
        tabIndex={0}
        onPointerDown={drag}
        onPointerMove={(event) => setAt(bucketAt(share(event.clientX)))}
        onPointerLeave={() => setAt(-1)}
        onBlur={() => setAt(-1)}
        onKeyDown={onKeyDown}
      >
        <span class="highest">{grouped(highest)}</span>
        <Bars bars={bars} levels={levels} />
        <ScreenSpan from={ends.from} to={ends.to} />
        {at >= 0 && !brush && <i class="hover" style={{ left: `${(at / bars.length) * 100}%`, width: `${100 / bars.length}%` }} />}
        {brush && <i class="brush" style={{ left: `${brush.from * 100}%`, width: `${(brush.to - brush.from) * 100}%` }} />}
        {at >= 0 && <Tip data={data} at={at} />}
      </div>
      <Axis from={ends.from} to={ends.to} />
    </div>
  );
}

function Bars({ bars, levels }: { bars: readonly Bar[]; levels: boolean }) {
  return (
    <svg viewBox={`0 0 ${bars.length} ${HEIGHT}`} preserveAspectRatio="none" aria-hidden="true">
      {bars.map((bar, at) =>
        bar.segments.map((segment) => (
          <rect key={`${at} ${segment.group}`} style={{ fill: groupColour(segment.group, levels) }} x={at + 0.1} width={0.8} y={segment.y} height={segment.height} />
        )),
      )}
    </svg>
  );
}

/** Where the rows on the screen are. */
function ScreenSpan({ from, to }: { from: number; to: number }) {
  const span = onScreen.value;
  if (span === null || span.to < from || span.from > to) return null;
  const left = clamp((span.from - from) / (to - from), 0, 1);
  const right = clamp((span.to - from) / (to - from), 0, 1);
  return <i class="on-screen" style={{ left: `${left * 100}%`, width: `max(2px, ${(right - left) * 100}%)` }} />;
}

function Axis({ from, to }: { from: number; to: number }) {
  const utc = zone.value === 'utc';
  const offset = utc ? 0 : -new Date(from).getTimezoneOffset() * 60_000;
  const { step, ticks } = ticksOf(from, to, 12, offset);
  return (
    <div class="axis" aria-hidden="true">
      {ticks.map((t) => {
        const share = (t - from) / (to - from);
        return share < 0.02 || share > 0.98 ? null : (
          <span key={t} style={{ left: `${share * 100}%` }}>
            {writeTick(t, step, utc)}
          </span>
        );
      })}
    </div>
  );
}

function Tip({ data, at }: { data: Histogram; at: number }) {
  const bucket = data.buckets[at];
  if (bucket === undefined) return null;
  const share = (at + 0.5) / data.buckets.length;
  const countOf = (group: string): number => bucket.counts[data.groups.indexOf(group)] ?? 0;
  const there = stackOf(data.groups).filter((group) => countOf(group) > 0);
  const levels = areLevels(data.groups);
  return (
    <div class={`tip ${share > 0.7 ? 'to-left' : ''}`} style={{ left: `${share * 100}%` }}>
      <b>{writeSpan(bucket.t, bucket.t + data.step, zone.value === 'utc')}</b>
      {there.map((group) => (
        <span key={group}>
          <i class="dot" style={{ background: groupColour(group, levels) }} />
          {groupWords(group)}
          <em>{grouped(countOf(group))}</em>
        </span>
      ))}
      {there.length === 0 && <span>nothing</span>}
    </div>
  );
}

function described(bar: Bar | undefined, step: number): string {
  if (bar === undefined) return '';
  return `${writeSpan(bar.t, bar.t + step, zone.value === 'utc')}: ${counted(bar.total, 'row')}`;
}

