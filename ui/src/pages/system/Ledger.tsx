import type { LedgerData, LedgerLine } from '../../api/ledger.ts';
import { type Fact, FactTable } from '../../parts/FactTable.tsx';
import { grouped } from '../../parts/numbers.ts';
import { ageOf } from './samples.ts';

const zero = (count: number, wrong: boolean) => (count === 0 ? <span class="faint">–</span> : <span class={wrong ? 'wrong' : ''}>{grouped(count)}</span>);

const waitingOf = (line: LedgerLine): number => Number(line.in_flight) + Number(line.elsewhere);

const refusedOf = (line: LedgerLine): number => Object.values(line.refused).reduce((all, count) => all + Number(count), 0);

const reasonsOf = (line: LedgerLine): string => Object.entries(line.refused).map(([reason, count]) => `${reason}: ${grouped(count)}`).join('\n');

const column = (id: string, name: string, title: string, count: (line: LedgerLine) => number, wrong = false): Fact<LedgerLine> => ({
  id,
  name,
  title,
  align: 'right',
  sort: count,
  cell: (line) => zero(count(line), wrong),
});

const FACTS: readonly Fact<LedgerLine>[] = [
  { id: 'service', name: 'Service', sort: (line) => line.service ?? '', cell: (line) => line.service || <span class="faint">no name</span> },
  column('received', 'Received', 'Records that were acknowledged', (line) => Number(line.received)),
  column('stored', 'Stored', 'Records that are in their table', (line) => Number(line.stored)),
  column('dead', 'Dead letters', 'Broken records, kept apart', (line) => Number(line.dead_lettered), true),
  column('dropped', 'Dropped', 'By routing rules', (line) => Number(line.dropped)),
  column('waiting', 'In flight', 'Acknowledged, in the journal, on their way', waitingOf),
  column('missing', 'Missing', 'Acknowledged and nowhere', (line) => Number(line.missing), true),
  {
    id: 'refused',
    name: 'Refused',
    title: 'Requests that were not accepted',
    align: 'right',
    sort: refusedOf,
    cell: (line) => <span title={reasonsOf(line)}>{zero(refusedOf(line), true)}</span>,
  },
];

/** Whether everything received in the last hour is there, and by service where it is. */
export function Ledger({ data }: { data: LedgerData | null }) {
  return (
    <section class="panel" aria-label="Delivery ledger">
      <h2>
        Ledger of the last hour {data && <Standing data={data} />}
      </h2>
      {data === null || data.lines.length === 0 ? (
        <p class="dim note">{data === null ? 'Not known yet.' : 'Nothing was received in the last hour.'}</p>
      ) : (
        <FactTable label="Ledger by service" rows={data.lines} keyOf={(line) => line.service ?? ''} facts={FACTS} sortedBy="-received" />
      )}
    </section>
  );
}

function Standing({ data: { standing, total, gateway } }: { data: LedgerData }) {
  const oldest = gateway.oldest_age_ms === null ? '' : `, the oldest for ${ageOf(Number(gateway.oldest_age_ms))}`;
  switch (standing) {
    case 'balanced':
      return <span role="status">Balanced: all is stored</span>;
    case 'in_flight':
      return <span role="status">{`Balanced: ${grouped(waitingOf(total))} on their way${oldest}`}</span>;
    case 'not_counted_yet':
      return <span role="status">{`${grouped(gateway.segments_not_counted)} segments left by an earlier process are not counted yet`}</span>;
    case 'unknown':
      return <span role="status">{`ClickHouse does not answer: ${grouped(gateway.in_flight)} wait${oldest}`}</span>;
    case 'missing':
      return (
        <span role="status" class="wrong">
          {Number(gateway.difference) === 0 ? `${grouped(total.missing)} records are missing` : `Not balanced by ${grouped(gateway.difference)}: a bug`}
        </span>
      );
  }
}
