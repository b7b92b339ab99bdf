import { useEffect } from 'preact/hooks';
import { keysGiven } from '../../api/key.ts';
import type { SystemData } from '../../api/system.ts';
import { refresh, refreshes } from '../../app/range.ts';
import { SqlButton } from '../../parts/SqlButton.tsx';
import { ErrorPanel, Skeleton } from '../../parts/states.tsx';
import { ageOf } from './samples.ts';
import { writeTime } from '../../time/write.ts';
import { zone } from '../../time/zone.ts';
import { DeadLetters } from './DeadLetters.tsx';
import { IngestTable, KindsTable } from './IngestTable.tsx';
import { Canary } from './Canary.tsx';
import { Ledger } from './Ledger.tsx';
import { LedgerTable } from './LedgerTable.tsx';
import { RecordPath } from './RecordPath.tsx';
import { ledger, ledgerMinutes, readiness, seenAt, system, tables, watch } from './poll.ts';
import { TablesTable } from './TablesTable.tsx';
import './system.css';
import './ledger.css';

/** How Lodge itself fares, asked every five seconds. */
export default function SystemPage() {
  useEffect(watch, [refreshes.value, keysGiven.value]);
  const { answer, fault } = system.state.value;
  if (answer === null && fault !== null) return <ErrorPanel fault={fault} retry={refresh} />;
  const data = answer?.data ?? null;
  const queries = [...(answer?.queries ?? []), ...(tables.state.value.answer?.queries ?? []), ...(ledger.state.value.answer?.queries ?? []), ...(ledgerMinutes.state.value.answer?.queries ?? [])];
  const byService = ledger.state.value.answer?.data ?? null;
  return (
    <div class="system">
      <div class="system-head">
        <Ready />
        {data && <Versions data={data} />}
        <span class="grow" />
        {seenAt.value !== null && <span class="dim">as of {writeTime(seenAt.value, zone.value === 'utc')}</span>}
        <SqlButton statements={queries} />
      </div>
      {data === null ? (
        <div class="panel">
          <Skeleton rows={8} height={28} />
        </div>
      ) : (
        <>
          <RecordPath data={data} />
          <Ledger data={ledgerMinutes.state.value.answer?.data ?? null} now={seenAt.value} />
          <div class="beside">
            <IngestTable ingest={data.ingest} />
            <KindsTable kinds={data.kinds} />
            <DeadLetters data={data} />
          </div>
        </>
      )}
      <TablesTable asked={tables.state.value} />
      <LedgerTable data={byService} />
      {byService?.canary && <Canary gateways={byService.canary.gateways} />}
    </div>
  );
}

function Ready() {
  const now = readiness.value;
  if (now === null) return <span class="ready waiting">…</span>;
  const wrong = now.checks.filter(({ ready }) => !ready);
  return (
    <>
      <span class={`ready ${now.ready ? 'yes' : 'no'}`} role="status" title={now.checks.map(({ name, ready, reason }) => `${name}: ${ready ? 'ready' : reason}`).join('\n')}>
        <i /> {now.ready ? 'Ready' : 'Not ready'}
      </span>
      {wrong.map(({ name, reason }) => (
        <span key={name} class="wrong">
          {name}: {reason}
        </span>
      ))}
    </>
  );
}

function Versions({ data: { version, uptime_ms, clickhouse } }: { data: SystemData }) {
  return (
    <>
      <span>
        Lodge <b>{version}</b>
      </span>
      <span>
        up <b>{ageOf(uptime_ms)}</b>
      </span>
      <span>
        ClickHouse <b>{clickhouse.version}</b>, {clickhouse.url_kind === 'embedded' ? 'embedded' : 'by URL'}
        {!clickhouse.ready && <span class="wrong"> {clickhouse.reason || 'does not answer'}</span>}
      </span>
    </>
  );
}
