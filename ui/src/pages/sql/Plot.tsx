import { useState } from 'preact/hooks';
import { short } from '../../parts/numbers.ts';
import { timeTicks } from '../../parts/ticks.ts';
import { writeDate, writeTick, writeTime } from '../../time/write.ts';
import { drawn, type Extent, gapOf, lonely, parts, type Series, type Shape, stacked, stepOf, valueExtent } from './chart.ts';

type Props = {
  readonly series: readonly Series[];
  /** What the values are; empty if each series is something else. */
  readonly name: string;
  readonly shape: Shape;
  readonly width: number;
  readonly height: number;
  /** The colour of a series by its name. */
  readonly colour: (name: string) => string;
};

const LEFT = 56;
const RIGHT = 16;
const TOP = 14;
const BOTTOM = 26;

type Scale = { readonly x: (ms: number) => number; readonly y: (value: number) => number; readonly from: number; readonly to: number };

/** Values over time with their axes. Areas and bars stand on each other, lines do not. */
export function Plot(props: Props) {
  const { series, shape, width, height, name, colour } = props;
  const [at, setAt] = useState<number | null>(null);
  const times = [...new Set(series.flatMap(({ points }) => points.map(([x]) => x)))].sort((a, b) => a - b);
  const step = shape === 'bars' ? stepOf(series) : 0;
  const bands = shape === 'line' ? [] : stacked(series);
  const gap = gapOf(times);
  const extent = valueExtent(shape === 'line' ? series.flatMap(({ points }) => points.map(([, y]) => y)) : bands.flatMap((one) => one.bands.map(([, , high]) => high)), height / 48);
  const scale = scaleOf(times, step, extent, width, height);
  const nearest = (x: number): number | null => {
    const ms = scale.from + ((x - LEFT) / (width - LEFT - RIGHT)) * (scale.to - scale.from) - step / 2;
    return times.reduce<number | null>((best, t) => (best === null || Math.abs(t - ms) < Math.abs(best - ms) ? t : best), null);
  };
  return (
    <>
      <svg
        width={width}
        height={height}
        role="img"
        aria-label={`${name} over time`}
        onPointerMove={(event) => setAt(nearest(event.clientX - event.currentTarget.getBoundingClientRect().left))}
        onPointerLeave={() => setAt(null)}
      >
        <Axes extent={extent} scale={scale} width={width} height={height} />
        {at !== null && <line class="cross" x1={scale.x(at + step / 2)} x2={scale.x(at + step / 2)} y1={TOP} y2={height - BOTTOM} />}
        {shape === 'line' && series.map(({ name: of, points }) => <path key={of} class="line" d={parts(points, gap).map((part) => linePath(part, scale)).join('')} style={{ stroke: colour(of) }} />)}
        {shape === 'line' &&
          series.map(({ name: of, points }) => lonely(points, gap).map(([x, y]) => <circle key={`${of} ${x}`} r="2" cx={scale.x(x)} cy={scale.y(y)} style={{ fill: colour(of) }} />))}
        {shape === 'area' && bands.map((one) => <path key={one.name} class="area" d={parts(gap === Infinity ? one.bands : drawn(one.bands), gap).map((part) => areaPath(part, scale)).join('')} style={{ fill: colour(one.name), stroke: colour(one.name) }} />)}
        {shape === 'bars' && bands.map((one) => <path key={one.name} d={barPath(one.bands, scale, step)} style={{ fill: colour(one.name) }} />)}
        {name !== '' && (
          <text class="unit" x={LEFT + 6} y={TOP + 4}>
            {name}
          </text>
        )}
      </svg>
      {at !== null && <Tip {...props} at={at} left={scale.x(at)} />}
    </>
  );
}

function scaleOf(times: readonly number[], step: number, extent: Extent, width: number, height: number): Scale {
  const from = times[0] ?? 0;
  const last = (times.at(-1) ?? 1) + step;
  const to = last > from ? last : from + 1;
  return {
    from,
    to,
    x: (ms) => LEFT + ((ms - from) / (to - from)) * (width - LEFT - RIGHT),
    y: (value) => height - BOTTOM - ((value - extent.low) / (extent.high - extent.low)) * (height - TOP - BOTTOM),
  };
}

function Axes({ extent, scale, width, height }: { extent: Extent; scale: Scale; width: number; height: number }) {
  // Times as ClickHouse writes them, so that chart and table agree.
  const { step, ticks } = timeTicks(scale.from, scale.to, Math.max(Math.floor(width / 110), 2));
  return (
    <g class="axes">
      {extent.ticks.map((value) => (
        <g key={value}>
          <line x1={LEFT} x2={width - RIGHT} y1={scale.y(value)} y2={scale.y(value)} />
          <text x={LEFT - 8} y={scale.y(value) + 4} text-anchor="end">
            {Math.abs(value) >= 1000 ? short(value) : value}
          </text>
        </g>
      ))}
      {ticks.map((ms) => (
        <text key={ms} x={scale.x(ms)} y={height - 8} text-anchor="middle">
          {writeTick(ms, step, true)}
        </text>
      ))}
    </g>
  );
}

const fixed = (n: number): string => n.toFixed(1);

const linePath = (points: Series['points'], { x, y }: Scale): string => points.map(([t, value], at) => `${at === 0 ? 'M' : 'L'}${fixed(x(t))},${fixed(y(value))}`).join('');

type Bands = readonly (readonly [x: number, low: number, high: number])[];

function areaPath(bands: Bands, { x, y }: Scale): string {
  const up = bands.map(([t, , high], at) => `${at === 0 ? 'M' : 'L'}${fixed(x(t))},${fixed(y(high))}`);
  const down = [...bands].reverse().map(([t, low]) => `L${fixed(x(t))},${fixed(y(low))}`);
  return `${up.join('')}${down.join('')}Z`;
}

function barPath(bands: Bands, { x, y }: Scale, step: number): string {
  return bands
    .map(([t, low, high]) => {
      const gap = Math.min((x(t + step) - x(t)) * 0.12, 3);
      return high === low ? '' : `M${fixed(x(t) + gap)},${fixed(y(low))}V${fixed(y(high))}H${fixed(x(t + step) - gap)}V${fixed(y(low))}Z`;
    })
    .join('');
}

function Tip({ series, at, left, width, colour }: Props & { at: number; left: number }) {
  const values = series
    .flatMap(({ name, points }) => points.filter(([x]) => x === at).map(([, value]) => ({ name, value })))
    .sort((a, b) => b.value - a.value);
  return (
    <div class={`tip${left > width * 0.65 ? ' to-left' : ''}`} style={{ left: `${left}px` }}>
      <b>
        {writeDate(at, true)} {writeTime(at, true)}
      </b>
      {values.map(({ name, value }) => (
        <span key={name}>
          <i class="dot" style={{ background: colour(name) }} />
          {name === '' ? '(empty)' : name}
          <em>{Number.isInteger(value) ? value.toLocaleString('en') : value.toPrecision(5)}</em>
        </span>
      ))}
    </div>
  );
}
