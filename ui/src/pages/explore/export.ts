import { stream } from '../../api/http.ts';
import type { FoundRow, SearchLine } from '../../api/types.ts';
import { writeNanos } from '../../time/write.ts';
import { valueOf } from './fields.ts';
import type { Source } from './sources.ts';
import { columns, search, source, tail, tailing } from './state.ts';

const ROWS_MAX = 10_000;

/** Saves rows as a file: those of the search, from its newest, as many as one question may have. */
export async function exportRows(format: 'json' | 'csv'): Promise<void> {
  const rows = tailing.value ? [...tail.rows.value] : await searched();
  const text = format === 'json' ? rows.map((row) => `${JSON.stringify(row)}\n`).join('') : csvOf(rows, columns.value, source.value);
  const type = format === 'json' ? 'application/x-ndjson' : 'text/csv';
  const link = document.createElement('a');
  link.href = URL.createObjectURL(new Blob([text], { type }));
  link.download = `${source.value.table}-${new Date().toISOString().slice(0, 19).replaceAll(':', '-')}.${format === 'json' ? 'ndjson' : 'csv'}`;
  link.click();
  URL.revokeObjectURL(link.href);
}

async function searched(): Promise<FoundRow[]> {
  const rows: FoundRow[] = [];
  const result = await stream<SearchLine<FoundRow>>('/api/search', { ...search.params, limit: ROWS_MAX }, new AbortController().signal, 'end', (line) => {
    if ('rows' in line) rows.push(...line.rows);
  });
  // Half a file would look whole: then rather what is on the screen, which says what it is.
  return result.ok ? rows : [...search.kept()];
}

/** The time, the columns on the screen, and what a row says: an event's labels or properties as JSON. */
export function csvOf(rows: readonly FoundRow[], columns: readonly string[], source: Source): string {
  const fields = source.by === 'level' ? ['level', ...columns] : columns;
  const head = ['Timestamp', ...fields, source.says];
  const said = (row: FoundRow): string => (source.by === 'level' ? (row.Body ?? '') : JSON.stringify(row.labels ?? row.Properties ?? {}));
  const lines = rows.map((row) => [writeNanos(row.Timestamp, true, 9).replace(' ', 'T') + 'Z', ...fields.map((field) => valueOf(row, field, source) ?? ''), said(row)]);
  return [head, ...lines].map((line) => `${line.map(cell).join(',')}\r\n`).join('');
}

/** RFC 4180; and no spreadsheet takes a log line for a formula. */
function cell(text: string): string {
  const safe = /^[=+\-@\t\r]/.test(text) ? `'${text}` : text;
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}
