import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { FoundRow } from '../src/api/types.ts';
import { barsOf, HEIGHT, ticksOf } from '../src/pages/explore/bars.ts';
import { facetClicked, facetState } from '../src/pages/explore/facet-terms.ts';
import { groupsOf, valueOf } from '../src/pages/explore/fields.ts';
import { LINES_MAX, linesOf, Tops } from '../src/pages/explore/lines.ts';
import { markerOf, piecesOf } from '../src/pages/explore/marks.ts';
import { RowPages } from '../src/pages/explore/row-pages.ts';
import { levelOf } from '../src/parts/levels.ts';
import { sourceAt } from '../src/pages/explore/sources.ts';
import { searchOf, templatePieces } from '../src/pages/explore/templates.ts';

const LOGS = sourceAt('/logs', '');

const row = (id: number): FoundRow => ({ id: String(id), Timestamp: String(id) });
const rows = (from: number, count: number): FoundRow[] => Array.from({ length: count }, (_, at) => row(from + at));

test('pages of rows are one list, and pages far away are let go', () => {
  const pages = new RowPages();
  for (let page = 0; page < 10; page++) pages.add(pages.open(String(page)), rows(page * 100, 100));
  assert.equal(pages.count, 1000);
  assert.equal(pages.rowAt(731)?.id, '731');
  assert.equal(pages.rowAt(1000), undefined);
  assert.equal(pages.indexOf('731'), 731);
  pages.forgetFarFrom(50, 300);
  assert.equal(pages.count, 1000);
  assert.equal(pages.kept().length, 300);
  assert.equal(pages.rowAt(50)?.id, '50');
  assert.equal(pages.rowAt(999), undefined);
  assert.equal(pages.missing(250, 320)?.cursor, '3');
  assert.equal(pages.missing(0, 300), undefined);
});

test('a page that was let go comes back to where it was', () => {
  const pages = new RowPages();
  pages.add(pages.open(null), rows(0, 10));
  pages.add(pages.open('a'), rows(10, 10));
  pages.forgetFarFrom(19, 10);
  const missing = pages.missing(0, 5);
  assert.ok(missing);
  pages.add(missing, rows(0, 10));
  assert.deepEqual(pages.kept().map((kept) => kept.id), rows(0, 20).map((kept) => kept.id));
});

test('the selected page is never let go, however large it is', () => {
  const pages = new RowPages();
  pages.add(pages.open(null), rows(0, 100));
  pages.forgetFarFrom(0, 10);
  assert.equal(pages.kept().length, 100);
});

test('severe levels stand on the axis and a single one can be seen', () => {
  const { bars, highest } = barsOf({
    start: 0,
    step: 1000,
    groups: ['info', 'error'],
    buckets: [{ t: 0, counts: [9_999, 1] }, { t: 1000, counts: [0, 0] }],
  });
  assert.equal(highest, 10_000);
  const [error, info] = bars[0]?.segments ?? [];
  assert.equal(error?.group, 'error');
  assert.ok(error.height >= 3 && error.y + error.height === HEIGHT);
  assert.ok(info && info.y >= 0 && Math.abs(info.y + info.height - error.y) < 1e-9);
  assert.deepEqual(bars[1]?.segments, []);
});

test('a bar with a little of everything stays inside the plot', () => {
  const groups = ['trace', 'debug', 'info', 'warn', 'error', 'fatal', 'none'];
  const { bars } = barsOf({ start: 0, step: 1, groups, buckets: [{ t: 0, counts: [1, 1, 9_000, 1, 1, 1, 1] }] });
  const segments = bars[0]?.segments ?? [];
  assert.equal(segments.length, 7);
  for (const { y, height } of segments) assert.ok(y >= -1e-9 && height > 1);
  assert.ok(Math.abs(segments.reduce((sum, segment) => sum + segment.height, 0) - HEIGHT) < 1e-9);
});

test('ticks are round by the clock of the zone', () => {
  const hour = 3_600_000;
  const { step, ticks } = ticksOf(Date.UTC(2026, 0, 1, 10, 7), Date.UTC(2026, 0, 1, 16, 7), 6, 0);
  assert.equal(step, hour);
  assert.equal(ticks[0], Date.UTC(2026, 0, 1, 11));
  assert.equal(ticks.length, 6);
  const india = ticksOf(Date.UTC(2026, 0, 1, 10, 7), Date.UTC(2026, 0, 1, 16, 7), 6, 5.5 * hour);
  assert.equal(india.ticks[0], Date.UTC(2026, 0, 1, 10, 30));
});

test('lines of a wrapped text are counted', () => {
  assert.equal(linesOf('', 10), 1);
  assert.equal(linesOf('0123456789', 10), 1);
  assert.equal(linesOf('0123456789x', 10), 2);
  assert.equal(linesOf('a\n\n0123456789x', 10), 4);
  assert.equal(linesOf('x'.repeat(10_000), 10), LINES_MAX);
});

test('tops grow with the rows and begin anew with another search', () => {
  const tops = new Tops();
  const heights = (row: number): number => 10 + row;
  assert.deepEqual([...tops.upTo(3, heights).slice(0, 4)], [0, 10, 21, 33]);
  assert.deepEqual([...tops.upTo(5, heights).slice(0, 6)], [0, 10, 21, 33, 46, 60]);
  assert.deepEqual([...tops.upTo(2, () => 1).slice(0, 3)], [0, 1, 2]);
});

test('what the search found is marked, but not what it leaves out', () => {
  assert.deepEqual(piecesOf('a Timeout b', markerOf('timeout service:a -b')), [
    { text: 'a ', marked: false },
    { text: 'Timeout', marked: true },
    { text: ' b', marked: false },
  ]);
  assert.equal(markerOf('service:checkout -x /re/'), null);
  assert.deepEqual(piecesOf('(a.b)', markerOf('"a.b"')).filter((piece) => piece.marked).map((piece) => piece.text), ['a.b']);
});

test('a level is the number, or what programs call it', () => {
  assert.equal(levelOf(17, 'whatever'), 'error');
  assert.equal(levelOf(24, ''), 'fatal');
  assert.equal(levelOf(undefined, 'Warning'), 'warn');
  assert.equal(levelOf(0, 'strange'), 'none');
});

test("a row's values are found by the names that the search language has for them", () => {
  const log: FoundRow = {
    ...row(1),
    ServiceName: 'checkout',
    SeverityNumber: 13,
    LogAttributes: { pod: 'mine', 'user.id': 'u1' },
    ResourceAttributes: { 'user.id': 'other', 'k8s.pod.name': 'p' },
  };
  assert.equal(valueOf(log, 'service', LOGS), 'checkout');
  assert.equal(valueOf(log, 'level', LOGS), 'warn');
  assert.equal(valueOf(log, 'user.id', LOGS), 'u1');
  assert.equal(valueOf(log, 'resource.user.id', LOGS), 'other');
  assert.equal(valueOf(log, 'none', LOGS), undefined);
  const fields = groupsOf(log, LOGS).flatMap((group) => group.values);
  assert.equal(fields.find((field) => field.name === 'pod')?.field, 'attributes.pod', 'a column has this name');
  assert.equal(fields.find((field) => field.name === 'k8s.pod.name')?.field, 'k8s.pod.name');
  assert.deepEqual(fields.filter((field) => field.name === 'user.id').map((field) => field.field), ['user.id', 'resource.user.id']);
});

test("a template's literal parts find its rows", () => {
  const template = 'Connection to <ip> refused after <num>ms';
  assert.deepEqual(templatePieces(template).filter((piece) => piece.variable).map((piece) => piece.text), ['<ip>', '<num>']);
  assert.equal(searchOf(template), '"Connection to" "refused after"');
  assert.equal(searchOf('<*> <num>'), '');
});

test('a facet is clicked in, out and away; rows without a level by what they lack', () => {
  assert.equal(facetClicked('x', 'service', 'a', false), 'x service:a');
  assert.equal(facetClicked('x service:a', 'service', 'a', false), 'x');
  assert.equal(facetClicked('x', 'service', 'a', true), 'x -service:a');
  assert.equal(facetClicked('x', 'level', 'none', false), 'x -level:*');
  assert.equal(facetState('x -level:*', 'level', 'none'), 'in');
  assert.equal(facetClicked('x -level:* y', 'level', 'none', false), 'x y');
  assert.equal(facetClicked('x', 'level', 'none', true), 'x level:*');
});
