import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { FoundRow } from '../src/api/types.ts';
import { hasAnsi, painted, withoutAnsi } from '../src/pages/explore/ansi.ts';
import { areLevels } from '../src/parts/levels.ts';
import { barsOf } from '../src/pages/explore/bars.ts';
import { withChosen } from '../src/pages/explore/facet-values.ts';
import { groupsOf, traceOf, valueOf } from '../src/pages/explore/fields.ts';
import { saidBy, textOf } from '../src/pages/explore/said.ts';
import { sourceAt, sourcesAt } from '../src/pages/explore/sources.ts';

const WIDE = sourceAt('/events', '');
const ANALYTICS = sourceAt('/events', 'analytics');
const SERVER = sourceAt('/logs', 'server');

const event: FoundRow = {
  id: '1',
  Timestamp: '1',
  Dataset: 'jobs',
  ServiceName: 'worker',
  status: 'failed',
  labels: { service: 'worker', message: 'lease lost', status: 'failed', queue: 'emails', took_ms: '12', trace_id: 'ab12' },
};

test('a table follows from the page and the URL', () => {
  assert.equal(WIDE.table, 'events');
  assert.equal(ANALYTICS.table, 'analytics');
  assert.equal(sourceAt('/logs', 'nonsense').table, 'logs');
  assert.deepEqual(sourcesAt('/logs').map((source) => source.table), ['logs', 'server', 'keeper']);
});

test('an event says its message and its labels, without what is a column', () => {
  const said = saidBy(event, WIDE, ['dataset', 'service', 'queue']);
  assert.equal(textOf(said, false), 'lease lost  status=failed  took_ms=12  trace_id=ab12');
  assert.equal(textOf(saidBy({ ...event, Body: 'b', labels: {} }, sourceAt('/logs', ''), []), false), 'b');
  const silent = { id: '1', Timestamp: '1', LogAttributes: { attempt: '3', user: 'ada' } };
  assert.equal(textOf(saidBy(silent, sourceAt('/logs', ''), []), false), 'attempt=3  user=ada');
  assert.equal(textOf(saidBy({ ...silent, EventName: 'login' }, sourceAt('/logs', ''), []), false), 'login');
});

test("an event's columns and labels are found by the names that searches have for them", () => {
  assert.equal(valueOf(event, 'dataset', WIDE), 'jobs');
  assert.equal(valueOf(event, 'queue', WIDE), 'emails');
  assert.equal(valueOf(event, 'labels.status', WIDE), 'failed');
  const labels = groupsOf(event, WIDE).find((group) => group.title === 'Labels')?.values ?? [];
  assert.equal(labels.find((label) => label.name === 'queue')?.field, 'queue');
  assert.equal(labels.find((label) => label.name === 'status')?.field, 'labels.status', 'a column has this name');
  assert.deepEqual(traceOf(event), { trace: 'ab12', span: undefined });
});

test('numbers among the columns are shown; columns that only some tables have are not lost', () => {
  const found = groupsOf({ id: '1', Timestamp: '1', event: 'purchased', tokens_prompt: 7, Properties: { plan: 'pro' } }, ANALYTICS);
  assert.deepEqual(found.map((group) => group.title), ['Record', 'Properties']);
  assert.ok(found[0]?.values.some(({ field, value }) => field === 'tokens_prompt' && value === '7'));
  const server = groupsOf({ id: '1', Timestamp: '1', logger_name: 'MergeTree', source_line: '12' }, SERVER);
  assert.deepEqual(server[0]?.values.map(({ field }) => field), ['level', 'logger', 'source_line']);
});

test('groups that are no levels are stacked as they come, the most frequent on the axis', () => {
  const groups = ['jobs', 'deploys', 'other'];
  assert.equal(areLevels(groups), false);
  assert.equal(areLevels(['ERR', 'Info', '']), true);
  assert.equal(areLevels(['', 'none']), false);
  const { bars } = barsOf({ start: 0, step: 1, groups, buckets: [{ t: 0, counts: [4, 1, 1] }] });
  assert.deepEqual(bars[0]?.segments.map((segment) => segment.group), groups);
});

test('a value that is searched for is among its field even if others are more frequent', () => {
  const facet = { field: 'service', values: [{ value: 'a', count: '3' }], distinct: '9', other: '5' };
  assert.deepEqual(withChosen(facet, 'service:(a rare) x -service:no pod:p'), [
    { value: 'a', count: '3' },
    { value: 'rare', count: null },
    { value: 'no', count: null },
  ]);
});

test("a terminal's colours become classes, and nothing else of its language is left", () => {
  const text = '\u001b[1;31mERROR\u001b[0m at \u001b[38;5;208mline\u001b[39m 7\u001b[K\u001b]0;title\u0007!';
  assert.ok(hasAnsi(text));
  assert.equal(withoutAnsi(text), 'ERROR at line 7!');
  assert.deepEqual(painted(text).filter((piece) => piece.class !== ''), [{ text: 'ERROR', class: 'ansi-red ansi-bold' }]);
  assert.equal(painted(text).map((piece) => piece.text).join(''), 'ERROR at line 7!');
});
