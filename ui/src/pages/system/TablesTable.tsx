import { useState } from 'preact/hooks';
import type { Asked } from '../../api/question.ts';
import type { TableFigures, TablesData } from '../../api/system.ts';
import { Link } from '../../app/Link.tsx';
import { type Fact, FactTable } from '../../parts/FactTable.tsx';
import { bytes, grouped, short } from '../../parts/numbers.ts';
import { Skeleton } from '../../parts/states.tsx';
import { writeDate, writeTime } from '../../time/write.ts';
import { zone } from '../../time/zone.ts';
import { seenAt } from './poll.ts';
import { ageOf, ratio } from './samples.ts';

/** Every table: how much is in it, how small it is stored, how long it is kept. */
export function TablesTable({ asked: { answer, fault } }: { asked: Asked<TablesData> }) {
  const all = answer?.data.tables ?? [];
  const [emptyShown, setEmptyShown] = useState(false);
  const rows = all.filter(({ rows: count }) => emptyShown || Number(count) > 0);
  const empty = all.filter(({ rows: count }) => Number(count) === 0).length;
  const total = (of: (row: TableFigures) => string): number => rows.reduce((all, row) => all + Number(of(row)), 0);
  const stored = total((row) => row.bytes);
  return (
    <section class="panel tables">
      <h2>
        Tables
        {answer && (
          <span class="sum">
            {short(total((row) => row.rows))} rows, {bytes(stored)} stored of {bytes(total((row) => row.uncompressed))}, {written(ratio(total((row) => row.uncompressed), stored))}
          </span>
        )}
        {empty > 0 && (
          <button type="button" class="as-link" aria-pressed={emptyShown} onClick={() => setEmptyShown(!emptyShown)}>
            {emptyShown ? 'Hide' : 'Show'} {grouped(empty)} empty ones
          </button>
        )}
      </h2>
      {fault && <p class="wrong note">{fault.message}</p>}
      {!answer && !fault && <Skeleton rows={10} height={28} />}
      {answer && <FactTable label="Tables" rows={rows} keyOf={(row) => `${row.database}.${row.name}`} facts={facts()} sortedBy="-bytes" rowClass={(row) => (Number(row.rows) === 0 ? 'empty' : '')} />}
    </section>
  );
}

const written = (times: number | null): string => (times === null || times < 0.05 ? '–' : `${times >= 100 ? Math.round(times) : times.toFixed(1)}×`);

function facts(): readonly Fact<TableFigures>[] {
  const now = seenAt.value ?? Date.now();
  return [
    {
      id: 'name',
      name: 'Table',
      sort: (row) => `${row.database}.${row.name}`,
      cell: (row) => (
        <Link to={{ path: '/sql', params: { sql: `SELECT *\nFROM ${row.database}.${row.read_name || row.name}\nLIMIT 100` } }} class="table-name" title="Its rows">
          <span class="dim">{row.database}.</span>
          {row.name}
        </Link>
      ),
    },
    { id: 'rows', name: 'Rows', align: 'right', sort: (row) => Number(row.rows), cell: (row) => grouped(row.rows) },
    { id: 'bytes', name: 'Stored', align: 'right', sort: (row) => Number(row.bytes), cell: (row) => bytes(row.bytes) },
    { id: 'uncompressed', name: 'Uncompressed', align: 'right', sort: (row) => Number(row.uncompressed), cell: (row) => bytes(row.uncompressed) },
    { id: 'ratio', name: 'Ratio', title: 'Uncompressed by stored', align: 'right', sort: (row) => ratio(row.uncompressed, row.bytes) ?? 0, cell: (row) => written(ratio(row.uncompressed, row.bytes)) },
    { id: 'parts', name: 'Parts', align: 'right', sort: (row) => Number(row.parts), cell: (row) => grouped(row.parts) },
    { id: 'partitions', name: 'Partitions', align: 'right', sort: (row) => Number(row.partitions), cell: (row) => grouped(row.partitions) },
    { id: 'ttl', name: 'Kept', sort: (row) => row.ttl, cell: (row) => row.ttl || <span class="faint">for good</span> },
    { id: 'oldest', name: 'Oldest', align: 'right', sort: (row) => row.oldest ?? 0, cell: (row) => <Moment ms={row.oldest} now={now} /> },
    { id: 'newest', name: 'Newest', align: 'right', sort: (row) => row.newest ?? 0, cell: (row) => <Moment ms={row.newest} now={now} /> },
    { id: 'written', name: 'Written', title: 'When rows came last', align: 'right', sort: (row) => row.written ?? 0, cell: (row) => <Moment ms={row.written ?? null} now={now} /> },
  ];
}

/** How long ago; the time itself in the tooltip. */
function Moment({ ms, now }: { ms: number | null; now: number }) {
  if (ms === null || ms === 0) return <span class="faint">–</span>;
  const utc = zone.value === 'utc';
  const ago = ageOf(now - ms);
  return <span title={`${writeDate(ms, utc)} ${writeTime(ms, utc)}`}>{ago === 'now' ? ago : `${ago} ago`}</span>;
}
