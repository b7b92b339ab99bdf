import { computed, signal } from '@preact/signals';
import { question } from '../../api/question.ts';
import type { Schema } from '../../api/sql.ts';
import { param, setParams } from '../../app/router.ts';
import { stored } from '../../app/stored.ts';
import type { Shape } from './chart.ts';
import type { Editor } from './editor/editor.ts';
import { remember } from './history.ts';
import { run, runSql } from './run.ts';

// What the SQL page shows. The URL holds the statement that was run last (sql), whether its result is drawn (show), and how (shape).

export const linked = computed(() => param('sql'));
export const drawn = computed(() => param('show') === 'chart');
export const shape = computed<Shape>(() => {
  const wanted = param('shape');
  return wanted === 'area' || wanted === 'bars' ? wanted : 'line';
});

const FIRST = `SELECT
    toStartOfMinute(Timestamp) AS minute,
    ServiceName AS service,
    count() AS rows
FROM otel.generic_logs
WHERE Timestamp >= {from:DateTime64(3)} AND Timestamp < {to:DateTime64(3)}
GROUP BY minute, service
ORDER BY minute`;

/** What stands in the editor, kept for the next visit. */
export const draft = stored<string>('sql.draft', (json) => (typeof json === 'string' && json !== '' ? json : FIRST));

export const schemaShown = stored<boolean>('sql.schema', (json) => json !== false);
export const editorHeight = stored<number>('sql.height', (json) => (typeof json === 'number' ? json : 220));

export const schema = question<Schema>('/api/schema');

/** Null until its code is loaded. */
export const editor = signal<Editor | null>(null);

/** Runs what is marked, or all; all of it becomes the link. */
export function runEditor(): void {
  const marked = editor.value?.marked() ?? '';
  const text = clean(marked === '' ? (editor.value?.text() ?? draft.value) : marked);
  if (text === '') return;
  if (marked !== '' || text === linked.value) void start(text);
  else setParams({ sql: text });
}

/** Runs a statement and remembers it. */
export async function start(sql: string): Promise<void> {
  await runSql(sql);
  const done = run.value;
  if (done && done.sql === sql && done.state !== 'running') remember({ sql, at: Date.now(), rows: done.state === 'done' ? done.count : null, took: done.took });
}

/** Puts a statement into the editor without running it. */
export function edit(sql: string): void {
  editor.value?.set(sql);
  editor.value?.focus();
}

/** Without the semicolon that people end statements with, which the API takes for a second, empty one. */
const clean = (text: string): string => text.trim().replace(/;+\s*$/, '');
