import { useEffect, useRef, useState } from 'preact/hooks';
import { stays } from '../../api/question.ts';
import { Button } from '../../parts/Button.tsx';
import { moved } from '../../parts/columns.ts';
import { range } from '../../app/range.ts';
import { VirtualTable } from '../../parts/VirtualTable.tsx';
import { resolveRange } from '../../time/range.ts';
import { millisOf } from '../../time/write.ts';
import { zone } from '../../time/zone.ts';
import { rowLevel } from './fields.ts';
import { markerOf } from './marks.ts';
import { Nothing } from './Nothing.tsx';
import { jsonOf, rowColumns, WIDTH_DATE, widths } from './row-columns.tsx';
import { saidBy, textOf } from './said.ts';
import {
  asJson, by, columns, onScreen, open, query, rowAt, rowCount, search, selected, setColumns, source, tail, tailing, wrap,
} from './state.ts';
import { useWrapLayout } from './use-wrap-layout.ts';

/** The rows of the search, or those that land now. */
export function RowsView() {
  const version = search.version.value;
  const { loading, fault, end } = search.state.value;
  const count = rowCount();
  const stale = count > 0 && (stays(fault) || (loading && search.old));
  const root = useRef<HTMLDivElement>(null);
  const width = useWidth(root);
  const look = { source: source.value, by: by.value, fields: columns.value, utc: zone.value === 'utc', dates: spansDays(), marker: markerOf(query.value), json: asJson.value, wrap: wrap.value };
  const shown = rowColumns(look);
  const others = shown.slice(0, -1).reduce((sum, column) => sum + column.width, 0);
  const layout = useWrapLayout({
    on: wrap.value && !tailing.value,
    count,
    rowAt,
    text: (row) => (look.json ? jsonOf(row) : textOf(saidBy(row, look.source, look.fields), true)),
    width: Math.max(width - others, shown.at(-1)?.width ?? 0) - 18,
    generation: `${look.json} ${JSON.stringify(search.params)} ${firstId()}`,
  });
  useEffect(() => () => void (onScreen.value = null), []);

  const onShown = (first: number, last: number): void => {
    if (!tailing.value) search.want(first, last);
    const [newest, oldest] = [rowAt(first + (first > 0 ? 8 : 0)), rowAt(Math.max(last - 9, first))];
    if (newest && oldest) onScreen.value = { from: millisOf(oldest.Timestamp), to: millisOf(newest.Timestamp) };
  };

  return (
    <div class={`rows-view${wrap.value && !tailing.value ? ' wrap' : ''}${stale ? ' stale' : ''}`} ref={root} data-version={version}>
      {loading && <i class="loading-line" />}
      <VirtualTable
        label={look.source.name}
        count={count}
        rowAt={rowAt}
        columns={shown}
        layout={layout}
        selected={selected.value}
        onSelect={(index) => (selected.value = index)}
        onOpen={open}
        onShown={onShown}
        onResize={(id, next) => (widths.value = { ...widths.value, [id]: next - (id === 'Timestamp' && look.dates ? WIDTH_DATE : 0) })}
        onReorder={(id, to) => setColumns(moved(columns.value, id, to))}
        rowClass={(row) => `level-${rowLevel(row)}`}
        grownBy={tailing.value ? tail.received.value : 0}
      >
        {count === 0 && <Nothing loading={loading} ended={end !== null} />}
      </VirtualTable>
      {fault && !stays(fault) && count > 0 && (
        <p class="fault-line" role="alert">
          {fault.message}
          <Button onClick={() => search.more()}>Go on</Button>
        </p>
      )}
    </div>
  );
}

const DAY_MS = 86_400_000;

/** A time of day alone would not say which one. */
function spansDays(): boolean {
  const ends = resolveRange(range.value, Date.now());
  return ends !== null && ends.to - ends.from > DAY_MS;
}

const firstId = (): string => search.rowAt(0)?.id ?? '';

function useWidth(root: { current: HTMLElement | null }): number {
  const [width, setWidth] = useState(1000);
  useEffect(() => {
    const element = root.current;
    if (!element) return;
    const observer = new ResizeObserver(() => setWidth(element.clientWidth));
    observer.observe(element);
    return () => observer.disconnect();
  }, []);
  return width;
}
