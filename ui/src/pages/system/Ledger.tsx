import type { LedgerData } from '../../api/ledger.ts';
import { counted, grouped } from '../../parts/numbers.ts';
import { Skeleton } from '../../parts/states.tsx';
import { CanaryBadge } from './Canary.tsx';
import { MinutesPicture } from './MinutesPicture.tsx';
import { minutesOf } from './minutes.ts';
import { ageOf } from './samples.ts';

type Props = {
  /** By minute. */
  readonly data: LedgerData | null;
  readonly now: number | null;
};

/** Whether everything received in the last hour is there: how it stands, and a picture of the minutes. */
export function Ledger({ data, now }: Props) {
  return (
    <section class="panel ledger" aria-label="Delivery ledger">
      <h2>
        Ledger of the last hour
        {data && <Standing data={data} />}
        <span class="grow" />
        {data?.canary && <CanaryBadge gateways={data.canary.gateways} />}
      </h2>
      {data === null || now === null ? <Skeleton rows={4} height={32} /> : <MinutesPicture minutes={minutesOf(data.lines, now)} />}
    </section>
  );
}

type Said = { readonly mood: 'good' | 'moving' | 'wrong'; readonly word: string; readonly text: string };

function Standing({ data }: { data: LedgerData }) {
  const { mood, word, text } = said(data);
  return (
    <span class="standing" role="status">
      <b class={`badge ${mood}`}>{word}</b> <span>{text}</span>
    </span>
  );
}

/** What an earlier process left, of which nobody knows yet what it holds. */
function leftOf({ segments_not_counted: left, segments_not_counted_in_bucket: inBucket }: LedgerData['gateway']): string {
  return `${counted(left, 'segment')} left by an earlier process${inBucket > 0 ? `, ${grouped(inBucket)} of them in the bucket` : ''}`;
}

function said({ standing, total, gateway }: LedgerData): Said {
  const oldest = gateway.oldest_age_ms === null ? '' : `, the oldest for ${ageOf(Number(gateway.oldest_age_ms))}`;
  const onTheirWay = Number(total.in_flight) + Number(total.elsewhere);
  const bucket = Number(gateway.in_bucket) > 0 ? `, ${grouped(gateway.in_bucket)} in the bucket` : '';
  switch (standing) {
    case 'balanced':
      return { mood: 'good', word: 'Balanced', text: Number(total.received) === 0 ? '' : `all ${counted(total.received, 'record')} accounted for, none on the way` };
    case 'in_flight':
      return { mood: 'good', word: 'Balanced', text: `${counted(onTheirWay, 'record')} on the way${bucket}${oldest}` };
    case 'not_counted_yet':
      return {
        mood: 'moving',
        word: 'Not counted yet',
        text: `${counted(total.missing, 'record')} not stored; ${leftOf(gateway)}`,
      };
    case 'unknown':
      return { mood: 'moving', word: 'Unknown', text: `ClickHouse does not answer; ${counted(gateway.in_flight, 'record')} wait here${bucket}${oldest}${gateway.segments_not_counted > 0 ? `; ${leftOf(gateway)}` : ''}` };
    case 'missing':
      return Number(gateway.difference) === 0
        ? { mood: 'wrong', word: 'Missing', text: `${counted(total.missing, 'record')} acknowledged and nowhere` }
        : { mood: 'wrong', word: 'Not balanced', text: `by ${grouped(gateway.difference)}: a bug` };
  }
}
