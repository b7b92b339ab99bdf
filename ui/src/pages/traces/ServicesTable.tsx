import type { Asked } from '../../api/question.ts';
import type { ServiceFigures, ServicesData } from '../../api/traces.ts';
import { pageLink } from '../../app/TopBar.tsx';
import { Link } from '../../app/Link.tsx';
import { refresh } from '../../app/range.ts';
import { type Fact, FactTable } from '../../parts/FactTable.tsx';
import { hue } from '../../parts/hues.ts';
import { grouped, short } from '../../parts/numbers.ts';
import { Empty, ErrorPanel, Skeleton } from '../../parts/states.tsx';
import { quoteValue } from '../../query/terms.ts';
import { writeDuration } from '../../time/duration.ts';
import { writeRate } from './rate.ts';
import { share } from './share.ts';

/** How every service fares: rate, errors, durations, and its logs. */
export function ServicesTable({ asked: { answer, loading, fault } }: { asked: Asked<ServicesData> }) {
  if (fault) return <ErrorPanel fault={fault} retry={refresh} />;
  if (answer === null) return <Skeleton rows={14} height={26} />;
  const rows = answer.data.services;
  if (rows.length === 0) {
    return (
      <Empty title="No services here">
        <p>No spans arrived in this time range.</p>
      </Empty>
    );
  }
  const slowest = rows.reduce((most, row) => Math.max(most, Number(row.p99)), 1);
  return (
    <div class={`services${loading ? ' stale' : ''}`}>
      <FactTable label="Services" rows={rows} keyOf={(row) => row.name} facts={facts(slowest)} sortedBy="-rate" />
    </div>
  );
}

const NONE = <span class="faint">–</span>;

/** Who is asked nothing takes no time. */
const took = (row: ServiceFigures, nanos: string) => (Number(row.requests) > 0 ? writeDuration(nanos) : NONE);

const facts = (slowest: number): readonly Fact<ServiceFigures>[] => [
  {
    id: 'name',
    name: 'Service',
    sort: (row) => row.name,
    cell: ({ name }) => (
      <Link to={{ path: '/traces', params: { ...pageLink('/traces').params, service: name } }} class="root" title={`Traces through ${name}`}>
        <i class="dot" style={{ background: hue(name) }} />
        {name}
      </Link>
    ),
  },
  { id: 'rate', name: 'Rate', title: 'Requests', align: 'right', sort: (row) => row.rate, cell: (row) => (row.rate > 0 ? writeRate(row.rate) : NONE) },
  { id: 'requests', name: 'Requests', title: 'Spans of servers and consumers, and those without a parent', align: 'right', sort: (row) => Number(row.requests), cell: (row) => grouped(row.requests) },
  {
    id: 'errors',
    name: 'Errors',
    align: 'right',
    sort: (row) => row.error_rate,
    cell: (row) =>
      row.error_rate > 0 ? (
        <Link to={{ path: '/traces', params: { ...pageLink('/traces').params, service: row.name, status: 'error' } }} class="wrong" title={`${grouped(row.errors)} requests failed`}>
          {share(row.error_rate)}
        </Link>
      ) : (
        NONE
      ),
  },
  { id: 'p50', name: 'p50', align: 'right', sort: (row) => Number(row.p50), cell: (row) => took(row, row.p50) },
  { id: 'p95', name: 'p95', align: 'right', sort: (row) => Number(row.p95), cell: (row) => took(row, row.p95) },
  { id: 'p99', name: 'p99', align: 'right', sort: (row) => Number(row.p99), cell: (row) => took(row, row.p99) },
  { id: 'range', name: 'p50 – p95 – p99', title: 'On a logarithmic scale', cell: (row) => Number(row.requests) > 0 && <Percentiles row={row} slowest={slowest} /> },
  { id: 'spans', name: 'Spans', align: 'right', sort: (row) => Number(row.spans), cell: (row) => grouped(row.spans) },
  {
    id: 'logs',
    name: 'Logs',
    align: 'right',
    sort: (row) => Number(row.logs ?? 0),
    cell: (row) => (
      <Link to={{ path: '/logs', params: { ...pageLink('/logs').params, q: `service:${quoteValue(row.name)}` } }} title={`Logs of ${row.name}`}>
        {short(row.logs ?? 0)}
      </Link>
    ),
  },
  {
    id: 'log_errors',
    name: 'Log errors',
    align: 'right',
    sort: (row) => Number(row.log_errors ?? 0),
    cell: (row) =>
      Number(row.log_errors ?? 0) > 0 ? (
        <Link to={{ path: '/logs', params: { ...pageLink('/logs').params, q: `service:${quoteValue(row.name)} level:>=error` } }} class="wrong">
          {short(row.log_errors ?? 0)}
        </Link>
      ) : (
        NONE
      ),
  },
];

/** A line from p50 to p99 with a mark at p95: services of very different speed on one scale. */
function Percentiles({ row, slowest }: { row: ServiceFigures; slowest: number }) {
  const low = 1e4;
  const at = (nanos: string): number => Math.max(0, Math.log(Math.max(Number(nanos), low) / low) / Math.log(Math.max(slowest, low * 10) / low)) * 100;
  return (
    <span class="percentiles" aria-hidden="true">
      <i style={{ left: `${at(row.p50)}%`, width: `${Math.max(at(row.p99) - at(row.p50), 0.5)}%` }} />
      <b style={{ left: `${at(row.p50)}%` }} />
      <b style={{ left: `${at(row.p95)}%` }} />
      <b style={{ left: `${at(row.p99)}%` }} />
    </span>
  );
}
