// The names by which a log row's values are searched for.

import type { Attributes, LogRow } from '../../api/types.ts';
import { levelOf } from './severity.ts';

/** Columns and their short names in the search language, in the order in which people look at them. */
const COLUMNS = [
  ['ServiceName', 'service'],
  ['Namespace', 'namespace'],
  ['PodName', 'pod'],
  ['ContainerName', 'container'],
  ['NodeName', 'node'],
  ['Cluster', 'cluster'],
  ['Cell', 'cell'],
  ['Region', 'region'],
  ['ScopeName', 'scope'],
  ['EventName', 'EventName'],
  ['TraceId', 'trace_id'],
  ['SpanId', 'span_id'],
] as const satisfies readonly (readonly [keyof LogRow, string])[];

const MAPS = [
  ['LogAttributes', 'attributes.', 'Attributes'],
  ['ResourceAttributes', 'resource.', 'Resource'],
  ['ScopeAttributes', 'scope.', 'Scope'],
] as const satisfies readonly (readonly [keyof LogRow, string, string])[];

const TAKEN = new Set<string>(['level', 'severity', 'body', 'message', 'msg', 'event', 'ns', 'trace', 'logger', 'tenant', ...COLUMNS.map(([, name]) => name)]);

/** A value of a row. `field` finds it in a search. */
export type FieldValue = { readonly name: string; readonly field: string; readonly value: string };

export type FieldGroup = { readonly title: string; readonly values: readonly FieldValue[] };

/** All of a row's values but its time and body, by where they come from. */
export function groupsOf(row: LogRow): readonly FieldGroup[] {
  const columns: FieldValue[] = [{ name: 'level', field: 'level', value: levelOf(row.SeverityNumber, row.SeverityText) }];
  for (const [column, field] of COLUMNS) {
    const value = row[column];
    if (value !== undefined && value !== '') columns.push({ name: field, field, value });
  }
  const groups: FieldGroup[] = [{ title: 'Record', values: columns }];
  // Behind a plain name is the first that has it: the others are asked for by where they are.
  const taken = new Set(TAKEN);
  for (const [map, prefix, title] of MAPS) {
    const values = Object.entries(row[map] ?? {})
      .sort(([a], [b]) => a.localeCompare(b))
      .map(([key, value]) => ({ name: key, field: taken.has(key) ? prefix + key : key, value }));
    for (const { name } of values) taken.add(name);
    if (values.length > 0) groups.push({ title, values });
  }
  return groups;
}

/** A row's value by the name of its field; undefined if it has none. The order is the server's. */
export function valueOf(row: LogRow, field: string): string | undefined {
  if (field === 'level') return levelOf(row.SeverityNumber, row.SeverityText);
  const column = COLUMNS.find(([name, alias]) => alias === field || name === field);
  if (column) return row[column[0]];
  for (const [map, prefix] of MAPS) {
    const attributes: Attributes | undefined = row[map];
    const key = field.startsWith(prefix) ? field.slice(prefix.length) : field;
    const value = attributes?.[key];
    if (value !== undefined) return value;
  }
  return undefined;
}
