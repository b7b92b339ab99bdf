import { signal } from '@preact/signals';
import { useEffect, useState } from 'preact/hooks';
import { stream } from '../../api/http.ts';
import type { FoundRow, SearchLine } from '../../api/types.ts';
import { Link } from '../../app/Link.tsx';
import { Button } from '../../parts/Button.tsx';
import { CopyButton } from '../../parts/CopyButton.tsx';
import { Icon } from '../../parts/Icon.tsx';
import { JsonText } from '../../parts/JsonText.tsx';
import { Skeleton } from '../../parts/states.tsx';
import { millisOf, writeNanos } from '../../time/write.ts';
import { zone } from '../../time/zone.ts';
import { BodyText } from './BodyText.tsx';
import { ContextView } from './ContextView.tsx';
import { DetailFields } from './DetailFields.tsx';
import { rowColour } from './colours.ts';
import { rowLevel, traceOf, valueOf } from './fields.ts';
import { closeRow, openRow, rowAt, rowCount, search, select, selected, source, tail, tailing } from './state.ts';

type Tab = 'fields' | 'json' | 'context';

const TABS: readonly (readonly [Tab, string])[] = [
  ['fields', 'Fields'],
  ['json', 'JSON'],
  ['context', 'Context'],
];

const tab = signal<Tab>('fields');

/** All about one row. */
export function Detail() {
  const row = useOpenRow();
  return (
    <aside class="detail" aria-label="Details of the row">
      {row ? <DetailOf row={row} /> : <Skeleton rows={20} />}
    </aside>
  );
}

function DetailOf({ row }: { row: FoundRow }) {
  const level = rowLevel(row);
  return (
    <>
      <header>
        <span class="pill" style={{ background: rowColour(row) }} />
        <b class={`text-${level}`}>{titleOf(row)}</b>
        <time>{writeNanos(row.Timestamp, zone.value === 'utc', 9)}</time>
        <span class="grow" />
        <Button icon="up" label="Row before" shortcut="k" onClick={() => select(selected.value - 1)} />
        <Button icon="down" label="Next row" shortcut="j" onClick={() => select(selected.value + 1)} />
        <CopyButton label="Copy the row as JSON" text={() => JSON.stringify({ ...row, id: undefined }, null, 2)} />
        <Button icon="close" label="Close" shortcut="Esc" onClick={closeRow} />
      </header>
      <nav role="tablist" aria-label="What of the row">
        {TABS.map(([id, name]) => (
          <button key={id} type="button" role="tab" aria-selected={tab.value === id} onClick={() => (tab.value = id)}>
            {name}
          </button>
        ))}
        <TraceLink row={row} />
      </nav>
      <div class="detail-body" role="tabpanel">
        {tab.value === 'fields' && (
          <>
            <BodyText text={row.Body ?? ''} />
            <DetailFields row={row} />
          </>
        )}
        {tab.value === 'json' && (
          <pre class="json-text">
            <JsonText text={JSON.stringify({ ...row, id: undefined }, null, 2)} />
          </pre>
        )}
        {tab.value === 'context' && <ContextView row={row} />}
      </div>
    </>
  );
}

/** A log record is known by its level, an event by what happened. */
function titleOf(row: FoundRow): string {
  if (source.value.by === 'level') return row.SeverityText || rowLevel(row);
  return valueOf(row, source.value.by, source.value) ?? source.value.name;
}

function TraceLink({ row }: { row: FoundRow }) {
  const of = traceOf(row);
  if (of === null) return null;
  return (
    <Link to={{ path: `/trace/${of.trace}`, params: of.span === undefined ? {} : { span: of.span } }} class="trace-link">
      <Icon name="trace" /> Trace
    </Link>
  );
}

/** The row that the URL names: one of those on the page, or, behind a link, asked for by its time. */
function useOpenRow(): FoundRow | null {
  const [time = '', ...rest] = openRow.value.split('.');
  const id = rest.join('.');
  const [asked, setAsked] = useState<FoundRow | null>(null);
  // Rows that come may be the one.
  void search.version.value;
  const at = tailing.value ? tail.rows.value.findIndex((row) => row.id === id) : rowAt(selected.value)?.id === id ? selected.value : search.indexOf(id);
  const here = at >= 0 && at < rowCount() ? rowAt(at) : undefined;
  const searched = !search.state.value.loading;

  useEffect(() => {
    if (at >= 0 && selected.value !== at) selected.value = at;
  }, [at]);
  useEffect(() => {
    if (here || !searched || time === '' || asked?.id === id) return;
    const request = new AbortController();
    const ms = millisOf(time);
    void stream<SearchLine<FoundRow>>('/api/search', { table: source.value.table, from: ms, to: ms + 1, limit: 1000 }, request.signal, 'end', (line) => {
      const found = 'rows' in line ? line.rows.find((row) => row.id === id) : undefined;
      if (found) setAsked(found);
    });
    return () => request.abort();
  }, [id, here === undefined, searched]);
  return here ?? (asked?.id === id ? asked : null);
}
