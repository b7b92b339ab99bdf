import type { LedgerData, LedgerLine } from '../../api/ledger.ts';
import { type Fact, FactTable } from '../../parts/FactTable.tsx';
import { grouped } from '../../parts/numbers.ts';

const zero = (count: number, wrong: boolean) => (count === 0 ? <span class="faint">–</span> : <span class={wrong ? 'wrong' : ''}>{grouped(count)}</span>);

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

const BEFORE: readonly Fact<LedgerLine>[] = [
  { id: 'service', name: 'Service', sort: (line) => line.service ?? '', cell: (line) => line.service || <span class="faint">no name</span> },
  column('received', 'Received', 'Records that were acknowledged', (line) => Number(line.received)),
  column('stored', 'Stored', 'Records that are in their table', (line) => Number(line.stored)),
  column('dead', 'Dead letters', 'Broken records, kept apart', (line) => Number(line.dead_lettered), true),
  column('dropped', 'Dropped', 'By routing rules', (line) => Number(line.dropped)),
];

const WAITING = column('waiting', 'In flight', 'Acknowledged, in the journal, on their way', (line) => Number(line.in_flight) + Number(line.elsewhere));

const PLACED = [
  column('journal', 'In the journal', "On this gateway's disk, or being sent; and what other gateways have", (line) => Number(line.in_journal) + Number(line.elsewhere)),
  column('bucket', 'In the bucket', 'Moved there, for the disk was filling', (line) => Number(line.in_bucket)),
];

const AFTER: readonly Fact<LedgerLine>[] = [
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

/** By service, where what was received in the last hour is. */
export function LedgerTable({ data }: { data: LedgerData | null }) {
  const facts = [...BEFORE, ...((data?.gateway.segments_in_bucket ?? 0) > 0 ? PLACED : [WAITING]), ...AFTER];
  return (
    <section class="panel" aria-label="Ledger by service">
      <h2>Ledger by service</h2>
      {data === null || data.lines.length === 0 ? (
        <p class="dim note">{data === null ? 'Not known yet.' : 'Nothing was received in the last hour.'}</p>
      ) : (
        <div class="wide">
          <FactTable label="Ledger by service" rows={data.lines} keyOf={(line) => line.service ?? ''} facts={facts} sortedBy="-received" />
        </div>
      )}
    </section>
  );
}
