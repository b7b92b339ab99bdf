// The names by which a row's values are searched for.

import type { FoundRow } from '../../api/types.ts';
import { levelOf, type Level } from '../../parts/levels.ts';
import type { Source } from './sources.ts';

/** Names that mean columns though they are none. */
const WORDS = ['body', 'message', 'msg', 'event', 'ns', 'trace', 'logger', 'tenant', 'app', 'severity', 'level'];

/** Shown elsewhere: at the head of the details, among the times, as the text. */
const NOT_LISTED = new Set(['id', 'Timestamp', 'ObservedTimestamp', 'ReceivedAt', 'Body', 'SeverityText', 'SeverityNumber', 'TraceFlags', 'level']);

/** A value of a row. `field` finds it in a search. */
export type FieldValue = { readonly name: string; readonly field: string; readonly value: string };

export type FieldGroup = { readonly title: string; readonly values: readonly FieldValue[] };

/** All of a row's values but its time and body, by where they come from. */
export function groupsOf(row: FoundRow, source: Source): readonly FieldGroup[] {
  const columns: FieldValue[] = source.by === 'level' ? [{ name: 'level', field: 'level', value: rowLevel(row) }] : [];
  const known = new Set<string>(source.known.map(([column]) => column));
  for (const [column, field] of source.known) push(columns, field, row[column]);
  for (const [column, value] of Object.entries(row)) {
    if (!known.has(column) && !NOT_LISTED.has(column) && !(column === 'SampleRate' && value === 1)) push(columns, column, value);
  }
  const groups: FieldGroup[] = [{ title: 'Record', values: columns }];
  // Behind a plain name is the first that has it: the others are asked for by where they are.
  const taken = new Set<string>([...(source.by === 'level' ? WORDS : []), ...source.known.flat(), ...columns.map(({ field }) => field)]);
  for (const { column, prefix, title } of source.maps) {
    const values = Object.entries(row[column] ?? {})
      .sort(([a], [b]) => a.localeCompare(b))
      .map(([key, value]) => ({ name: key, field: taken.has(key) ? prefix + key : key, value }));
    for (const { name } of values) taken.add(name);
    if (values.length > 0) groups.push({ title, values });
  }
  return groups;
}

function push(to: FieldValue[], field: string, value: unknown): void {
  if (typeof value !== 'string' && typeof value !== 'number') return;
  // A number that is not there is 0.
  if (value !== '' && value !== '0') to.push({ name: field, field, value: String(value) });
}

/** A row's value by the name of its field; undefined if it has none. The order is the server's. */
export function valueOf(row: FoundRow, field: string, source: Source): string | undefined {
  if (field === 'level' && source.by === 'level') return rowLevel(row);
  const column = source.known.find(([name, alias]) => alias === field || name === field)?.[0] ?? field;
  const value = row[column];
  if (typeof value === 'string' || typeof value === 'number') return String(value);
  for (const { column: map, prefix } of source.maps) {
    const key = field.startsWith(prefix) ? field.slice(prefix.length) : field;
    const found = row[map]?.[key];
    if (found !== undefined) return found;
  }
  return undefined;
}

/** A log record's level; an event's, if it says one. */
export const rowLevel = (row: FoundRow): Level => levelOf(row.SeverityNumber, row.SeverityText ?? row.labels?.['level'] ?? row.labels?.['severity']);

/** The trace that a row is of; null if it names none. */
export function traceOf(row: FoundRow): { readonly trace: string; readonly span: string | undefined } | null {
  const trace = row.TraceId || row.labels?.['trace_id'] || row.labels?.['trace.trace_id'] || row.labels?.['traceId'];
  if (!trace || !/^[0-9a-f]{1,32}$/i.test(trace)) return null;
  return { trace, span: row.SpanId || row.labels?.['span_id'] || row.labels?.['trace.span_id'] || undefined };
}
