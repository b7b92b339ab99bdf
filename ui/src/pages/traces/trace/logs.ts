import type { SpanLog } from '../../../api/traces.ts';

/** Logs of each span by the span's id, in the order of their times. */
export function logsBySpan(logs: readonly SpanLog[]): ReadonlyMap<string, readonly SpanLog[]> {
  const map = new Map<string, SpanLog[]>();
  for (const log of logs) {
    const id = log.SpanId ?? '';
    const list = map.get(id);
    if (list) list.push(log);
    else map.set(id, [log]);
  }
  for (const list of map.values()) list.sort((a, b) => (a.Timestamp < b.Timestamp ? -1 : 1));
  return map;
}

/** The level's name in tokens and classes. */
export function levelOf(log: SpanLog): 'trace' | 'debug' | 'info' | 'warn' | 'error' | 'fatal' | 'none' {
  const number = log.SeverityNumber ?? 0;
  if (number <= 0) return 'none';
  return (['trace', 'debug', 'info', 'warn', 'error', 'fatal'] as const)[Math.min(Math.floor((number - 1) / 4), 5)] ?? 'none';
}
