// Results as text, to copy or to keep.
import type { ColumnMeta, ResultRow, Value } from '../../api/sql.ts';

/** A value as a cell shows it. */
export function textOf(value: Value | undefined): string {
  if (value === null || value === undefined) return 'NULL';
  return typeof value === 'object' ? JSON.stringify(value) : String(value);
}

/** RFC 4180, with a head. NULL is an empty field. */
export function toCsv(meta: readonly ColumnMeta[], rows: readonly ResultRow[]): string {
  const line = (fields: readonly string[]): string => fields.map((field) => (/[",\r\n]/.test(field) ? `"${field.replaceAll('"', '""')}"` : field)).join(',');
  return [line(meta.map(({ name }) => name)), ...rows.map((row) => line(row.map((value) => (value === null ? '' : textOf(value)))))].join('\r\n') + '\r\n';
}

/** One object a line. 64-bit numbers stay text, so that nobody's parser rounds them. */
export function toJsonLines(meta: readonly ColumnMeta[], rows: readonly ResultRow[]): string {
  return rows.map((row) => JSON.stringify(Object.fromEntries(meta.map(({ name }, at) => [name, row[at] ?? null])))).join('\n') + '\n';
}

/** Tabs between fields, which spreadsheets take when pasted. */
export function toTabs(meta: readonly ColumnMeta[], rows: readonly ResultRow[]): string {
  const line = (fields: readonly string[]): string => fields.map((field) => field.replaceAll(/[\t\r\n]+/g, ' ')).join('\t');
  return [line(meta.map(({ name }) => name)), ...rows.map((row) => line(row.map((value) => (value === null ? '' : textOf(value)))))].join('\n');
}

const bare = (type: string): string => type.replaceAll(/(?:Nullable|LowCardinality)\(/g, '').replaceAll(/\)+$/g, '');

export const isNumber = (type: string): boolean => /^(U?Int\d+|Float\d+|BFloat16|Decimal)/.test(bare(type));

export const isTime = (type: string): boolean => /^Date/.test(bare(type));

const CHAR = 7.3;

/** Wide enough for a column's name and what its first rows hold, in pixels. */
export function columnWidth({ name, type }: ColumnMeta, at: number, rows: readonly ResultRow[]): number {
  const longest = rows.slice(0, 100).reduce((most, row) => Math.max(most, Math.min(textOf(row[at]).length, 60)), Math.max(name.length, Math.min(type.length, 14)) + 1);
  return Math.round(Math.min(Math.max(longest * CHAR + 20, 64), 460));
}
