import { signal } from '@preact/signals';
import { ask } from '../../api/http.ts';
import type { LedgerData } from '../../api/ledger.ts';
import { question } from '../../api/question.ts';
import type { Readiness, SystemData, TablesData } from '../../api/system.ts';
import { added, type Sample, sampleOf } from './samples.ts';

const EVERY_MS = 5000;

/** Rates need two looks: the second comes soon. */
const SOON_MS = 1500;

export const system = question<SystemData>('/api/system');
export const tables = question<TablesData>('/api/tables');
export const ledger = question<LedgerData>('/api/ledger');
export const ledgerMinutes = question<LedgerData>('/api/ledger');
export const readiness = signal<Readiness | null>(null);

/** What was seen since the page was opened, the newest last. */
export const samples = signal<readonly Sample[]>([]);

/** When the last answer came. */
export const seenAt = signal<number | null>(null);

async function look(request: AbortController): Promise<void> {
  const ready = ask<Readiness>('/readyz', {}, request.signal, 503);
  await Promise.all([system.ask({}), tables.ask({}), ledger.ask({ from: 'now-1h', group: 'service', limit: 100 }), ledgerMinutes.ask({ from: 'now-1h', group: 'minute', limit: 100 })]);
  const found = await ready;
  if (request.signal.aborted) return;
  if (found.ok) readiness.value = found.value;
  const { answer, fault } = system.state.value;
  if (answer === null || fault !== null) return;
  const now = Date.now();
  seenAt.value = now;
  samples.value = added(samples.value, sampleOf(answer.data, now));
}

/** Asks again and again while the page is seen; the next time counts from the answer, so that a slow server is not asked more. */
export function watch(): () => void {
  const request = new AbortController();
  let timer = 0;
  const again = async (): Promise<void> => {
    clearTimeout(timer);
    if (document.visibilityState === 'visible') await look(request);
    if (!request.signal.aborted) timer = window.setTimeout(() => void again(), samples.value.length < 2 ? SOON_MS : EVERY_MS);
  };
  const seen = (): void => {
    if (document.visibilityState === 'visible') void again();
  };
  document.addEventListener('visibilitychange', seen);
  void again();
  return () => {
    request.abort();
    clearTimeout(timer);
    document.removeEventListener('visibilitychange', seen);
  };
}
