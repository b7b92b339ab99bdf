import type { IngestFigures, KindFigures } from '../../api/system.ts';
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
  { id: 'rejected', name: 'Rejected', title: 'Broken records in good requests: kept as dead letters', align: 'right', sort: (row) => Number(row.rejected), cell: (row) => zero(row.rejected, true) },
  { id: 'refused', name: 'Refused', title: 'Requests turned away in the way that makes clients send again', align: 'right', sort: (row) => Number(row.refused), cell: (row) => zero(row.refused, true) },
];

const KINDS: readonly Fact<KindFigures>[] = [
  { id: 'kind', name: 'Kind', sort: (row) => row.kind, cell: (row) => row.kind },
  { id: 'records', name: 'Records', align: 'right', sort: (row) => Number(row.records), cell: (row) => grouped(row.records) },
  { id: 'bytes', name: 'Bytes', align: 'right', sort: (row) => Number(row.bytes), cell: (row) => bytes(row.bytes) },
  { id: 'dead', name: 'Dead letters', align: 'right', sort: (row) => Number(row.dead_letters), cell: (row) => zero(row.dead_letters, true) },
];

/** What came in, by what it is. */
export function KindsTable({ kinds }: { kinds: readonly KindFigures[] }) {
  return (
    <section class="panel">
      <h2>Kinds</h2>
      {kinds.length === 0 ? <p class="dim note">Nothing yet.</p> : <FactTable label="Ingested by kind" rows={kinds} keyOf={(row) => row.kind} facts={KINDS} sortedBy="-records" />}
    </section>
  );
}

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
