import type { IngestFigures } from '../../api/system.ts';
import { type Fact, FactTable } from '../../parts/FactTable.tsx';
import { bytes, grouped, short } from '../../parts/numbers.ts';

const zero = (count: string, wrong: boolean) => (Number(count) === 0 ? <span class="faint">–</span> : <span class={wrong ? 'wrong' : ''}>{grouped(count)}</span>);

const FACTS: readonly Fact<IngestFigures>[] = [
  { id: 'protocol', name: 'Protocol', sort: (row) => row.protocol, cell: (row) => row.protocol },
  {
    id: 'rate',
    name: 'Records/s',
    align: 'right',
    sort: (row) => row.rate,
    cell: (row) => (row.rate === 0 ? <span class="faint">–</span> : row.rate >= 100 ? short(Math.round(row.rate)) : row.rate.toFixed(1)),
  },
  { id: 'accepted', name: 'Accepted', align: 'right', sort: (row) => Number(row.accepted), cell: (row) => grouped(row.accepted) },
  { id: 'bytes', name: 'Bytes', align: 'right', sort: (row) => Number(row.bytes), cell: (row) => bytes(row.bytes) },
  { id: 'rejected', name: 'Rejected', title: 'Broken records in good requests: kept as dead letters', align: 'right', sort: (row) => Number(row.rejected), cell: (row) => zero(row.rejected, true) },
  { id: 'refused', name: 'Refused', title: 'Turned away in the way that makes clients send again', align: 'right', sort: (row) => Number(row.refused), cell: (row) => zero(row.refused, true) },
];

/** What came in, by protocol. */
export function IngestTable({ ingest }: { ingest: readonly IngestFigures[] }) {
  return (
    <section class="panel">
      <h2>Ingested</h2>
      {ingest.length === 0 ? (
        <p class="dim note">Nothing was received since the start.</p>
      ) : (
        <FactTable label="Ingested by protocol" rows={ingest} keyOf={(row) => row.protocol} facts={FACTS} sortedBy="-accepted" />
      )}
    </section>
  );
}
