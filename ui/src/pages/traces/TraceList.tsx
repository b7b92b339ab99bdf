import { useSignal } from '@preact/signals';
import type { TraceRow } from '../../api/traces.ts';
import { useKeys } from '../../app/keys.ts';
import { Link } from '../../app/Link.tsx';
import { go } from '../../app/router.ts';
import { Button } from '../../parts/Button.tsx';
import type { Column } from '../../parts/columns.ts';
import { hue } from '../../parts/hues.ts';
import { bytes, counted, grouped, short } from '../../parts/numbers.ts';
import { Empty, ErrorPanel, Skeleton } from '../../parts/states.tsx';
import { VirtualTable } from '../../parts/VirtualTable.tsx';
import { writeDuration } from '../../time/duration.ts';
import { millisOf, writeDate, writeMillis, writeTime } from '../../time/write.ts';
import { zone } from '../../time/zone.ts';
import { clearFilters, isFiltered, searched } from './filters.ts';
import { LIMIT_MAX, type Listed, listed, listTraces, stopListing } from './listed.ts';
import { traceLink } from './links.ts';

/** The traces that were found, the newest first. */
export function TraceList() {
  const { rows, loading, end, fault } = listed.value;
  const selected = useSignal(-1);
  const select = (index: number): void => void (selected.value = Math.max(0, Math.min(index, listed.value.rows.length - 1)));
  const open = (index: number): void => {
    const row = listed.value.rows[index];
    if (row) go(traceLink(row.TraceId));
  };
  useKeys([
    { key: 'j', does: 'Next trace', group: 'Traces', run: () => select(selected.value + 1) },
    { key: 'k', does: 'Trace before', group: 'Traces', run: () => select(selected.value - 1) },
    { key: 'Enter', does: 'Open the trace', group: 'Traces', run: () => open(Math.max(selected.value, 0)) },
  ]);
  if (fault !== null && rows.length === 0) return <ErrorPanel fault={fault} retry={() => void listTraces(searched.value)} />;
  const asking = loading && end === null && rows.length === 0;
  return (
    <>
      <VirtualTable
        label="Traces"
        count={rows.length}
        rowAt={(index) => rows[index]}
        columns={columns(rows)}
        selected={Math.min(selected.value, rows.length - 1)}
        onSelect={select}
        onOpen={open}
      >
        {asking && <Skeleton rows={12} height={22} />}
        {!loading && rows.length === 0 && <NothingFound />}
      </VirtualTable>
      <Statistics listed={listed.value} />
    </>
  );
}

function NothingFound() {
  return (
    <Empty title="No traces here">
      {isFiltered() ? (
        <>
          <p>No trace of this time matches all of the filters.</p>
          <Button icon="close" onClick={clearFilters}>
            Clear the filters
          </Button>
        </>
      ) : (
        <p>
          No spans arrived in this time range. Send them with OTLP to port 4317 (gRPC) or 4318 (HTTP), or choose a longer range with <kbd>r</kbd>.
        </p>
      )}
    </Empty>
  );
}

function columns(rows: readonly TraceRow[]): readonly Column<TraceRow>[] {
  const longest = rows.reduce((most, row) => Math.max(most, Number(row.Duration ?? 0)), 1);
  const [first, last] = [rows.at(-1), rows[0]];
  const days = first && last && millisOf(last.Timestamp) - millisOf(first.Timestamp) > 20 * 3_600_000;
  return [
    { id: 'time', name: zone.value === 'utc' ? 'Time, UTC' : 'Time', width: days ? 182 : 114, class: 'time', cell: (row) => <Started row={row} day={days === true} /> },
    { id: 'root', name: 'Root', width: 290, cell: (row) => <Root row={row} /> },
    { id: 'duration', name: 'Duration', width: 150, cell: (row) => <Took row={row} longest={longest} /> },
    { id: 'spans', name: 'Spans', width: 72, align: 'right', cell: (row) => grouped(row.Spans) },
    { id: 'errors', name: 'Errors', width: 68, align: 'right', cell: (row) => <Errors count={Number(row.Errors ?? 0)} /> },
    { id: 'services', name: 'Services', width: 280, cell: (row) => <Services row={row} /> },
  ];
}

function Started({ row, day }: { row: TraceRow; day: boolean }) {
  const ms = millisOf(row.Timestamp);
  const utc = zone.value === 'utc';
  return (
    <>
      {day && `${writeDate(ms, utc)} `}
      {writeTime(ms, utc)}
      <span class="dim">.{String(ms % 1000).padStart(3, '0')}</span>
    </>
  );
}

function Root({ row }: { row: TraceRow }) {
  const service = row.RootService ?? 'unknown';
  return (
    <Link to={traceLink(row.TraceId)} class="root" tabIndex={-1}>
      <i class="dot" style={{ background: hue(service) }} />
      <span class="service">{service}</span> {row.RootName || <span class="dim">root is not stored</span>}
    </Link>
  );
}

/** The bar's length is the duration's root: slow ones do not make all others invisible. */
function Took({ row, longest }: { row: TraceRow; longest: number }) {
  return (
    <span class="took">
      <i class={Number(row.Errors ?? 0) > 0 ? 'failed' : ''} style={{ width: `${Math.max(Math.sqrt(Number(row.Duration ?? 0) / longest) * 100, 1)}%` }} />
      <b>{writeDuration(row.Duration ?? 0)}</b>
    </span>
  );
}

const Errors = ({ count }: { count: number }) => (count > 0 ? <span class="wrong">{short(count)}</span> : <span class="faint">–</span>);

function Services({ row }: { row: TraceRow }) {
  const list = [...(row.Services ?? [])].sort((a, b) => Number(b.spans) - Number(a.spans));
  return (
    <span class="shares" title={list.map(({ name, spans }) => `${name}: ${counted(spans, 'span')}`).join('\n')}>
      {list.map(({ name, spans }) => (
        <span key={name}>
          <i class="dot" style={{ background: hue(name) }} />
          {name} <span class="dim">{short(spans)}</span>
        </span>
      ))}
    </span>
  );
}

/** How much was read, and how whole the list is. */
function Statistics({ listed: { rows, loading, progress, end } }: { listed: Listed }) {
  const read = end ?? progress;
  return (
    <footer class="statistics">
      <span>
        {end?.truncated || (end && end.next !== null) ? (
          <>
            The newest {grouped(rows.length)} traces.{' '}
            {rows.length < LIMIT_MAX && (
              <button type="button" class="as-link" onClick={() => void listTraces(searched.value, LIMIT_MAX)}>
                Show more
              </button>
            )}
          </>
        ) : (
          `${grouped(rows.length)} ${rows.length === 1 ? 'trace' : 'traces'}`
        )}
      </span>
      {end && !end.complete && <span class="warned">{notWhole(end.stopped_by, end.cells.missing)}</span>}
      <span class="grow" />
      {loading && (
        <button type="button" class="as-link" onClick={stopListing}>
          Stop
        </button>
      )}
      {read && (
        <span class="dim">
          {short(read.rows_read)} rows, {bytes(read.bytes_read)} read in {writeMillis(read.elapsed_ms)}
        </span>
      )}
    </footer>
  );
}

export function notWhole(stoppedBy: string | null, missing: readonly string[]): string {
  if (stoppedBy !== null) return `Not whole: stopped by the limit of ${stoppedBy}. A shorter range reads less.`;
  return missing.length > 0 ? `Not whole: no answer from ${missing.join(', ')}.` : 'Not whole.';
}
