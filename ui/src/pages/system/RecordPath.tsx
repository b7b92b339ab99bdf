import type { ComponentChildren } from 'preact';
import type { SystemData } from '../../api/system.ts';
import { bytes, grouped, short } from '../../parts/numbers.ts';
import { samples } from './poll.ts';
import { ageOf, rates } from './samples.ts';
import { Trend } from './Trend.tsx';

const rate = (perSecond: number): string => (perSecond >= 100 ? short(Math.round(perSecond)) : perSecond.toFixed(perSecond > 0 ? 1 : 0));

const sum = (values: readonly string[]): number => values.reduce((all, value) => all + Number(value), 0);

/** The way of a record: received, waiting in the journal, stored; and what did not go that way. */
export function RecordPath({ data: { ingest, kinds, journal, delivered, dead_letters } }: { data: SystemData }) {
  const received = ingest.reduce((all, one) => all + one.rate, 0);
  const stored = rates(samples.value, 'delivered');
  const full = Number(journal.bytes) / Math.max(Number(journal.budget_bytes), 1);
  const oldest = Number(journal.oldest_age_ms ?? 0);
  const waiting = Number(journal.waiting);
  const refused = sum(ingest.map((one) => one.refused));
  const rejected = sum(ingest.map((one) => one.rejected));
  const letters = sum(dead_letters.map(({ count }) => count));
  return (
    <ol class="record-path">
      <Stage name="Received" value={rate(received)} unit="records/s" trend={rates(samples.value, 'accepted')}>
        <Fact name="accepted since the start" value={grouped(sum(ingest.map(({ accepted }) => accepted)))} />
        <Fact name="bytes" value={bytes(sum(kinds.map((one) => one.bytes)))} />
      </Stage>
      <Stage name="In the journal" value={bytes(journal.bytes)} unit={`of ${bytes(journal.budget_bytes)}`} warn={full > 0.5 || oldest > 60_000} bar={full}>
        <Fact name={Number(journal.segments) === 1 ? 'segment' : 'segments'} value={grouped(journal.segments)} />
        <Fact name="delayed" value={waiting === 0 ? '–' : `${grouped(waiting)}, the oldest ${oldest < 1000 ? `${oldest} ms` : ageOf(oldest)}`} wrong={waiting > 0} />
        {Number(journal.quarantine_files) > 0 && <Fact name="damaged, set aside" value={`${grouped(journal.quarantine_files)}, ${bytes(journal.quarantine_bytes)}`} wrong />}
        {Number(journal.bucket?.segments ?? 0) > 0 && <Fact name="in the bucket" value={`${grouped(journal.bucket?.segments ?? 0)}, ${bytes(journal.bucket?.bytes ?? '0')}`} />}
        {journal.bucket?.trouble && <Fact name="the bucket" value={journal.bucket.trouble} wrong />}
      </Stage>
      <Stage name="Stored" value={stored.length === 0 ? '–' : rate(stored.at(-1) ?? 0)} unit="rows/s" trend={stored}>
        <Fact name="rows since the start" value={grouped(delivered.rows)} />
        <Fact name="blocks" value={grouped(delivered.blocks)} />
        <Fact name="sent again" value={grouped(delivered.retries)} wrong={Number(delivered.retries) > 0} />
        {Number(delivered.failures) > 0 && <Fact name="failed" value={grouped(delivered.failures)} wrong />}
      </Stage>
      <Stage name="Not stored" value={grouped(rejected)} unit={rejected === 1 ? 'record' : 'records'} warn={rejected > 0} apart>
        <Fact name="dead letters of the last day" value={grouped(letters)} wrong={letters > 0} />
        <Fact name={refused === 1 ? 'request refused' : 'requests refused'} value={grouped(refused)} wrong={refused > 0} />
      </Stage>
    </ol>
  );
}

type StageProps = {
  readonly name: string;
  readonly value: string;
  readonly unit: string;
  readonly trend?: readonly number[];
  /** A share of a budget, 0 to 1. */
  readonly bar?: number;
  readonly warn?: boolean;
  readonly apart?: boolean;
  readonly children: ComponentChildren;
};

function Stage({ name, value, unit, trend, bar, warn, apart, children }: StageProps) {
  return (
    <li class={`stage${warn ? ' warn' : ''}${apart ? ' apart' : ''}`}>
      <h3>{name}</h3>
      <p class="big">
        <b>{value}</b> {unit}
      </p>
      <div class="middle">
        {trend && <Trend values={trend} label={`${name} over time`} />}
        {bar !== undefined && (
          <span class="budget" role="meter" aria-label="Of the budget" aria-valuemin={0} aria-valuemax={100} aria-valuenow={Math.round(bar * 100)}>
            <i style={{ width: `${Math.min(Math.max(bar * 100, bar > 0 ? 0.7 : 0), 100)}%` }} />
          </span>
        )}
      </div>
      <dl>{children}</dl>
    </li>
  );
}

function Fact({ name, value, wrong }: { name: string; value: string; wrong?: boolean }) {
  return (
    <div>
      <dt>{name}</dt>
      <dd class={wrong ? 'wrong' : ''}>{value}</dd>
    </div>
  );
}
