import { useMemo, useRef, useState } from 'preact/hooks';
import type { ColumnMeta, ResultRow } from '../../api/sql.ts';
import { seriesColours, useToldApart } from '../../parts/hues.ts';
import { short } from '../../parts/numbers.ts';
import { Empty } from '../../parts/states.tsx';
import { useSize } from '../../parts/use-size.ts';
import { drawingOf, type Drawing } from './chart.ts';
import { Plot } from './Plot.tsx';
import { shape } from './state.ts';

type Props = { readonly meta: readonly ColumnMeta[]; readonly rows: readonly ResultRow[]; readonly count: number };

/** A result as lines, areas or bars: what fits is found from its columns. */
export function Chart({ meta, rows, count }: Props) {
  const drawing = useMemo(() => drawingOf(meta, rows), [meta, rows, count]);
  if (drawing.kind === 'none') {
    return (
      <Empty title="Nothing to draw">
        <p>{drawing.why}</p>
      </Empty>
    );
  }
  return drawing.kind === 'time' ? <OverTime drawing={drawing} /> : <NamedBars drawing={drawing} />;
}

function OverTime({ drawing }: { drawing: Drawing & { kind: 'time' } }) {
  const area = useRef<HTMLDivElement>(null);
  const { width, height } = useSize(area);
  const [hidden, setHidden] = useState<ReadonlySet<string>>(new Set());
  const names = drawing.series.map(({ name }) => name);
  useToldApart(names);
  const colour = seriesColours(names);
  const shown = drawing.series.filter(({ name }) => !hidden.has(name));
  const toggle = (name: string, alone: boolean): void => {
    if (alone) return setHidden(new Set(shown.length === 1 && !hidden.has(name) ? [] : drawing.series.map((one) => one.name).filter((other) => other !== name)));
    const next = new Set(hidden);
    if (!next.delete(name)) next.add(name);
    setHidden(next);
  };
  return (
    <div class="chart">
      <div class="plot" ref={area}>
        {width > 0 && <Plot series={shown} name={drawing.y} shape={shape.value} width={width} height={height} colour={colour} />}
      </div>
      <ul class="series" aria-label="Series">
        {drawing.series.map(({ name }) => (
          <li key={name}>
            <button type="button" aria-pressed={!hidden.has(name)} title="Click: hide or show; with Alt: only this" onClick={(event) => toggle(name, event.altKey)}>
              <i class="dot" style={{ background: colour(name) }} />
              {name === '' ? '(empty)' : name}
            </button>
          </li>
        ))}
        {drawing.left > 0 && <li class="dim">{drawing.left} smaller ones are not drawn</li>}
      </ul>
    </div>
  );
}

function NamedBars({ drawing }: { drawing: Drawing & { kind: 'bars' } }) {
  const most = drawing.bars.reduce((max, { value }) => Math.max(max, Math.abs(value)), 0) || 1;
  return (
    <div class="named-bars">
      <p class="dim">
        {drawing.y} by {drawing.x}
        {drawing.left > 0 && `, the first ${drawing.bars.length} rows`}
      </p>
      <dl>
        {drawing.bars.map(({ name, value }, at) => (
          <div key={at}>
            <dt title={name}>{name === '' ? '(empty)' : name}</dt>
            <dd>
              <i style={{ width: `${(Math.abs(value) / most) * 100}%` }} />
              <span>{Number.isInteger(value) ? short(value) : value.toPrecision(4)}</span>
            </dd>
          </div>
        ))}
      </dl>
    </div>
  );
}
