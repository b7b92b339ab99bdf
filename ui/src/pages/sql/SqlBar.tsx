import { useEffect, useState } from 'preact/hooks';
import { setParams } from '../../app/router.ts';
import { range } from '../../app/range.ts';
import { Button } from '../../parts/Button.tsx';
import { clientCommand } from '../../parts/client-command.ts';
import { copyText } from '../../parts/CopyButton.tsx';
import { Menu } from '../../parts/Menu.tsx';
import { bytes, grouped, short } from '../../parts/numbers.ts';
import { resolveRange } from '../../time/range.ts';
import { writeMillis } from '../../time/write.ts';
import { HistoryPanel } from './HistoryPanel.tsx';
import { withRange } from './parameters.ts';
import { cancel, ROWS_MAX, type Run, run } from './run.ts';
import { draft, drawn, editor, runEditor, schemaShown, shape } from './state.ts';
import { toCsv, toJsonLines, toTabs } from './texts.ts';

/** Run and cancel; how it goes; how it is shown, and where it can be taken. */
export function SqlBar() {
  const now = run.value;
  const running = now?.state === 'running';
  return (
    <div class="sql-bar">
      <Button icon="sidebar" label={schemaShown.value ? 'Hide the tables' : 'Show the tables'} shortcut="f" onClick={() => (schemaShown.value = !schemaShown.value)} />
      {running ? (
        <Button icon="stop" class="run" label="Cancel: the query is killed" shortcut="Esc" onClick={cancel}>
          Cancel
        </Button>
      ) : (
        <Button icon="play" class="run" primary label="Run all, or what is marked" shortcut="Ctrl Enter" onClick={runEditor}>
          Run
        </Button>
      )}
      <Status now={now} />
      <span class="grow" />
      {drawn.value && <ShapeSwitch />}
      <div class="switch" role="group" aria-label="View">
        <button type="button" aria-pressed={!drawn.value} onClick={() => setParams({ show: null }, 'replace')}>
          Table
        </button>
        <button type="button" aria-pressed={drawn.value} onClick={() => setParams({ show: 'chart' }, 'replace')}>
          Chart
        </button>
      </div>
      <HistoryPanel />
      <CopyMenu now={now} />
      {running && <Progress now={now} />}
    </div>
  );
}

function ShapeSwitch() {
  return (
    <div class="switch" role="group" aria-label="Shape">
      {(['line', 'area', 'bars'] as const).map((of) => (
        <button key={of} type="button" aria-pressed={shape.value === of} onClick={() => setParams({ shape: of === 'line' ? null : of }, 'replace')}>
          {of === 'line' ? 'Lines' : of === 'area' ? 'Areas' : 'Bars'}
        </button>
      ))}
    </div>
  );
}

/** Under the bar, over the result: how much of what must be read is read. */
function Progress({ now }: { now: Run }) {
  const { rows_read: read, total_rows: total } = now.progress ?? { rows_read: '0', total_rows: '0' };
  const share = Number(total) > 0 ? Math.min(Number(read) / Number(total), 1) : null;
  return (
    <i class={`progress${share === null ? ' unknown' : ''}`} role="progressbar" aria-label="Rows read" aria-valuemin={0} aria-valuemax={100} aria-valuenow={share === null ? undefined : Math.round(share * 100)}>
      <i style={{ width: share === null ? '30%' : `${share * 100}%` }} />
    </i>
  );
}

function Status({ now }: { now: Run | null }) {
  if (now === null) return <p class="status dim">Ctrl Enter runs it, Esc leaves the editor</p>;
  const { state, count, progress, end } = now;
  const read = end?.rows_read ?? progress?.rows_read;
  const volume = end?.bytes_read ?? progress?.bytes_read;
  const total = Number(progress?.total_rows ?? 0);
  return (
    <p class="status" role="status">
      {state === 'running' && <Clock started={now.started} />}
      {state === 'cancelled' && <span class="warned">Cancelled after {writeMillis(now.took ?? 0)}</span>}
      {state === 'failed' && <span class="wrong">Failed after {writeMillis(now.took ?? 0)}</span>}
      {(state === 'done' || count > 0) && (
        <span>
          <b>{grouped(count)}</b> {count === 1 ? 'row' : 'rows'}
        </span>
      )}
      {end?.truncated && <span class="warned">the first {grouped(ROWS_MAX)} only</span>}
      {end?.stopped_by && <span class="warned">not whole: stopped by the limit of {end.stopped_by}</span>}
      {state === 'done' && <span>{writeMillis(end?.elapsed_ms ?? now.took ?? 0)}</span>}
      {read !== undefined && (
        <span class="dim read">
          {short(read)}
          {state === 'running' && total > 0 ? ` of ${short(total)}` : ''} rows read, {bytes(volume ?? 0)}
        </span>
      )}
    </p>
  );
}

/** How long it runs, ten times a second. */
function Clock({ started }: { started: number }) {
  const [now, setNow] = useState(performance.now());
  useEffect(() => {
    const timer = setInterval(() => setNow(performance.now()), 100);
    return () => clearInterval(timer);
  }, []);
  return <b>{((now - started) / 1000).toFixed(1)} s</b>;
}

function CopyMenu({ now }: { now: Run | null }) {
  const none = now === null || now.count === 0;
  const text = (): string => {
    const ends = resolveRange(range.value, Date.now());
    const sql = (editor.value?.text() ?? draft.value).trim();
    return ends ? withRange(sql, ends) : sql;
  };
  const rows = (write: typeof toCsv) => () => void copyText(now ? write(now.meta, now.rows) : '');
  return (
    <Menu
      icon="copy"
      label="Copy"
      text="Copy"
      align="right"
      items={[
        { name: 'Result as CSV', disabled: none, run: rows(toCsv) },
        { name: 'Result as JSON lines', disabled: none, run: rows(toJsonLines) },
        { name: 'Result for a spreadsheet', disabled: none, run: rows(toTabs) },
        { name: 'SQL', run: () => void copyText(text()) },
        { name: 'clickhouse-client command', run: () => void copyText(clientCommand(text())) },
        { name: 'Link to this query', run: () => void copyText(link()) },
      ]}
    />
  );
}

function link(): string {
  const url = new URL(location.href);
  url.searchParams.set('sql', (editor.value?.text() ?? draft.value).trim());
  return url.toString();
}
