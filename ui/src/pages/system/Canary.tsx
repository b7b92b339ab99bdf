import type { CanaryGateway } from '../../api/ledger.ts';
import { type Fact, FactTable } from '../../parts/FactTable.tsx';
import { grouped } from '../../parts/numbers.ts';
import { writeMillis } from '../../time/write.ts';

type Standing = CanaryGateway['standing'];

/** The worst first. */
const STANDINGS: readonly { readonly id: Standing; readonly mood: 'good' | 'moving' | 'wrong'; readonly word: string; readonly title: string }[] = [
  { id: 'missing', mood: 'wrong', word: 'Missing', title: 'Records that the gateway accepted are nowhere' },
  { id: 'duplicate', mood: 'wrong', word: 'Duplicate', title: 'Records are there more than once' },
  { id: 'unknown', mood: 'moving', word: 'Unknown', title: 'ClickHouse does not answer' },
  { id: 'refused', mood: 'moving', word: 'Refused', title: 'The gateway does not accept records' },
  { id: 'late', mood: 'moving', word: 'Late', title: 'Records wait for longer than they should' },
  { id: 'whole', mood: 'good', word: 'Whole', title: 'Every record is there, and was in time' },
];

const standingOf = (id: Standing) => STANDINGS.find((one) => one.id === id) ?? { id, mood: 'wrong' as const, word: id, title: '' };

const delay = (ms: string | null): string => (ms === null ? '–' : writeMillis(Number(ms)));

/** How it stands with the worst of the gateways. */
export function CanaryBadge({ gateways }: { gateways: readonly CanaryGateway[] }) {
  const worst = STANDINGS.find(({ id }) => gateways.some(({ standing }) => standing === id)) ?? standingOf('unknown');
  const known = worst.id === 'whole' || worst.id === 'late';
  const slowest = Math.max(...gateways.map(({ last_delay_ms }) => Number(last_delay_ms ?? 0)));
  return (
    <span class="standing" title={worst.title}>
      Canary <b class={`badge ${worst.mood}`}>{worst.word}</b> {known && slowest > 0 && <span>queryable after {writeMillis(slowest)}</span>}
    </span>
  );
}

const column = (id: string, name: string, title: string, count: (of: CanaryGateway) => string, wrong = false): Fact<CanaryGateway> => ({
  id,
  name,
  title,
  align: 'right',
  sort: (of) => Number(count(of)),
  cell: (of) => (Number(count(of)) === 0 ? <span class="faint">–</span> : <span class={wrong ? 'wrong' : ''}>{grouped(count(of))}</span>),
});

const FACTS: readonly Fact<CanaryGateway>[] = [
  { id: 'gateway', name: 'Gateway', sort: (of) => of.gateway, cell: (of) => <span class="table-name">{of.gateway}</span> },
  {
    id: 'standing',
    name: 'Now',
    cell: (of) => {
      const { mood, word, title } = standingOf(of.standing);
      return (
        <b class={`badge ${mood}`} title={of.trouble || title}>
          {word}
        </b>
      );
    },
  },
  column('sent', 'Sent', 'Since this process began', (of) => of.sent),
  column('found', 'Found', 'A query finds them', (of) => of.found),
  column('waiting', 'Waiting', 'Accepted, and not found yet', (of) => of.waiting),
  column('missing', 'Missing', 'Accepted, nowhere, and nothing says that they are on their way', (of) => of.missing, true),
  column('unknown', 'Unknown', 'Accepted, while ClickHouse cannot be asked', (of) => of.unknown),
  column('refused', 'Refused', 'The gateway said no', (of) => of.refused, true),
  column('unanswered', 'Unanswered', 'The gateway did not answer: it has them or not', (of) => of.unanswered, true),
  column('late', 'Late', 'Not found in time, whatever became of them', (of) => of.late, true),
  column('duplicates', 'Duplicates', 'Rows beyond the one of a record', (of) => of.duplicates, true),
  { id: 'last', name: 'Last delay', title: 'From sending the record found last to finding it', align: 'right', sort: (of) => Number(of.last_delay_ms ?? 0), cell: (of) => delay(of.last_delay_ms) },
  { id: 'worst', name: 'Worst', title: 'The longest since this process began', align: 'right', sort: (of) => Number(of.worst_delay_ms ?? 0), cell: (of) => delay(of.worst_delay_ms) },
];

/** What became of the canary's own records, by gateway; nothing where it is off. */
export function Canary({ gateways }: { gateways: readonly CanaryGateway[] }) {
  return (
    <section class="panel" aria-label="Canary">
      <h2>
        Canary <span class="sum">numbered records, sent as any client would and looked for by a query</span>
      </h2>
      <div class="wide">
        <FactTable label="Canary by gateway" rows={gateways} keyOf={(of) => of.gateway} facts={FACTS} sortedBy="gateway" />
      </div>
    </section>
  );
}
