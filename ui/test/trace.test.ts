import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { SpanRow } from '../src/api/traces.ts';
import { criticalPath, type Piece, timeOnPath } from '../src/pages/traces/trace/critical-path.ts';
import { ancestors, type Trace, traceOf, visibleRows } from '../src/pages/traces/trace/model.ts';
import { barOf, between, labelSide, panned, zoomed, zoomOf, zoomText } from '../src/pages/traces/trace/zoom.ts';

const EPOCH = 1_795_000_000_000_000_000n;

/** A span from one nanosecond to another, as the API has it. */
function row(id: string, parent: string, from: number, to: number, more: Partial<SpanRow> = {}): SpanRow {
  return { SpanId: id, ParentSpanId: parent, SpanName: id, ServiceName: 'one', Timestamp: String(EPOCH + BigInt(from)), Duration: String(to - from), ...more };
}

const trace = (...spans: SpanRow[]): Trace => traceOf({ trace_id: 't', start: String(EPOCH), duration: '0', spans });

const names = ({ spans }: Trace): readonly string[] => spans.map((span) => span.name);

const written = (of: Trace, pieces: readonly Piece[]): readonly string[] => pieces.map(({ span, from, to }) => `${of.spans[span]?.name} ${from}-${to}`);

const on = (service: string) => ({ ServiceName: service, ResourceAttributes: { 'k8s.pod.name': `${service}-1` } });

test('rows are parents before children, children by their starts, however they came', () => {
  const found = trace(row('c', 'a', 50, 60), row('d', 'b', 20, 30), row('b', 'a', 10, 40), row('a', '', 0, 100));
  assert.deepEqual(names(found), ['a', 'b', 'd', 'c']);
  assert.deepEqual(found.spans.map(({ parent, depth, below }) => [parent, depth, below]), [[-1, 0, 3], [0, 1, 1], [1, 2, 0], [0, 1, 0]]);
  assert.equal(found.length, 100);
  assert.equal(found.depth, 3);
});

test('of two that start together the longer comes first', () => {
  assert.deepEqual(names(trace(row('a', '', 0, 9), row('short', 'a', 1, 2), row('long', 'a', 1, 8))), ['a', 'long', 'short']);
});

test('a span whose parent is not there becomes a root, and says so', () => {
  const found = trace(row('a', '', 0, 100), row('lost', 'nobody', 30, 40), row('below', 'lost', 31, 32));
  assert.deepEqual(names(found), ['a', 'lost', 'below']);
  assert.deepEqual(found.spans.map(({ orphan }) => orphan), [false, true, false]);
  assert.equal(found.orphans, 1);
});

test('spans in a ring are all shown once', () => {
  const found = trace(row('a', 'c', 0, 10), row('b', 'a', 1, 9), row('c', 'b', 2, 8), row('self', 'self', 3, 4));
  assert.deepEqual([...names(found)].sort(), ['a', 'b', 'c', 'self']);
});

test('two spans of one id are both shown', () => {
  assert.equal(trace(row('a', '', 0, 10), row('a', '', 1, 9), row('b', 'a', 2, 3)).spans.length, 3);
});

test('no spans are no rows', () => {
  assert.deepEqual(trace().spans, []);
  assert.deepEqual(criticalPath([], 0), []);
});

test('a span that seems to start before its parent is moved into its middle, and its own children with it', () => {
  const found = trace(row('a', '', 100, 200, on('one')), row('b', 'a', 40, 80, on('two')), row('c', 'b', 50, 60, on('two')), row('d', 'c', 150, 152, on('three')));
  const [a, b, c, d] = found.spans;
  assert.deepEqual([a?.start, a?.end], [0, 100]);
  assert.deepEqual([b?.start, b?.end, b?.moved], [30, 70, 90]);
  assert.deepEqual([c?.start, c?.end, c?.moved], [40, 50, 90]);
  assert.deepEqual([d?.start, d?.moved], [50, 0]);
  assert.equal(found.start, EPOCH + 100n);
  assert.equal(found.moved, 2);
});

test('one that is longer than its parent is moved to its start', () => {
  const b = trace(row('a', '', 100, 120, on('one')), row('b', 'a', 40, 90, on('two'))).spans[1];
  assert.deepEqual([b?.start, b?.end], [0, 50]);
});

test('one that only ends after its parent is left alone: nobody waited for it', () => {
  assert.equal(trace(row('a', '', 0, 100, on('one')), row('b', 'a', 90, 300, on('two'))).moved, 0);
});

test('a span does not correct the clock that it shares with its parent', () => {
  assert.equal(trace(row('a', '', 10, 100, on('one')), row('b', 'a', 5, 20, on('one'))).moved, 0);
});

test('a span spent itself what none of its children covers', () => {
  const found = trace(row('a', '', 0, 100), row('b', 'a', 10, 40), row('c', 'a', 30, 60), row('d', 'a', 90, 150), row('e', 'b', 10, 20));
  assert.deepEqual(found.spans.map(({ name, self }) => `${name} ${self}`), ['a 40', 'b 20', 'e 10', 'c 30', 'd 60']);
});

test('nothing below a collapsed span has a row', () => {
  const { spans } = trace(row('a', '', 0, 9), row('b', 'a', 1, 8), row('c', 'b', 2, 3), row('d', 'b', 4, 5), row('e', 'a', 8, 9));
  assert.deepEqual(visibleRows(spans, new Set()), [0, 1, 2, 3, 4]);
  assert.deepEqual(visibleRows(spans, new Set([1])), [0, 1, 4]);
  assert.deepEqual(visibleRows(spans, new Set([0, 1])), [0]);
  assert.deepEqual(ancestors(spans, 3), [1, 0]);
});

test('the critical path goes through the child that ended last, and back from its start to who ended before', () => {
  const found = trace(row('a', '', 0, 100), row('b', 'a', 10, 40), row('c', 'a', 20, 30), row('d', 'a', 50, 90), row('e', 'd', 60, 80));
  assert.deepEqual(written(found, criticalPath(found.spans, 0)), ['a 0-10', 'b 10-40', 'a 40-50', 'd 50-60', 'e 60-80', 'd 80-90', 'a 90-100']);
});

test('of children side by side only the slowest was waited for', () => {
  const found = trace(row('a', '', 0, 100), row('quick', 'a', 0, 50), row('slow', 'a', 0, 95), row('other', 'a', 0, 94));
  assert.deepEqual(written(found, criticalPath(found.spans, 0)), ['slow 0-95', 'a 95-100']);
});

test('what outlives its parent was not waited for, unless by no more than clocks differ', () => {
  const async = trace(row('a', '', 0, 1000), row('b', 'a', 100, 300), row('later', 'a', 200, 5000));
  assert.deepEqual(written(async, criticalPath(async.spans, 0)), ['a 0-100', 'b 100-300', 'a 300-1000']);
  const late = trace(row('a', '', 0, 1000), row('b', 'a', 100, 1005));
  assert.deepEqual(written(late, criticalPath(late.spans, 0)), ['a 0-100', 'b 100-1000']);
});

test('a chain of retries is on the path, one after the other', () => {
  const found = trace(row('a', '', 0, 100), row('try 1', 'a', 0, 30), row('try 2', 'a', 35, 60), row('try 3', 'a', 65, 99));
  assert.deepEqual(written(found, criticalPath(found.spans, 0)), ['try 1 0-30', 'a 30-35', 'try 2 35-60', 'a 60-65', 'try 3 65-99', 'a 99-100']);
  assert.deepEqual([...timeOnPath(criticalPath(found.spans, 0))], [[1, 30], [0, 11], [2, 25], [3, 34]]);
});

test('whatever the spans are, the pieces cover the root once and without a gap', () => {
  let state = 7;
  const random = (below: number): number => (state = (state * 1_103_515_245 + 12_345) % 2_147_483_648) % below;
  for (let round = 0; round < 300; round++) {
    const spans = [row('0', '', 0, 1000)];
    for (let at = 1; at < 2 + random(30); at++) {
      const start = random(1200);
      spans.push(row(String(at), String(random(at)), start, start + random(500), on(`s${random(3)}`)));
    }
    const found = trace(...spans);
    const root = found.spans.find((span) => span.name === '0');
    assert.ok(root);
    const pieces = criticalPath(found.spans, root.index);
    let at = root.start;
    for (const { from, to } of pieces) {
      assert.equal(from, at);
      assert.ok(to > from);
      at = to;
    }
    assert.equal(at, root.end);
  }
});

test('a trace as deep as it is long needs no stack', () => {
  const spans = Array.from({ length: 50_000 }, (_, at) => row(String(at), at === 0 ? '' : String(at - 1), at, 200_000 - at));
  const found = trace(...spans);
  assert.equal(found.depth, 50_000);
  assert.equal(criticalPath(found.spans, 0).length, 99_999);
});

test('a zoom in a link is read back, and one of another trace is everything', () => {
  assert.deepEqual(zoomOf('100-500', 1000), { from: 100, to: 500 });
  assert.deepEqual(zoomOf('2000-5000', 1000), { from: 0, to: 1000 });
  assert.deepEqual(zoomOf('nonsense', 1000), { from: 0, to: 1000 });
  assert.equal(zoomText({ from: 100, to: 500 }, 1000), '100-500');
  assert.equal(zoomText({ from: 0, to: 1000 }, 1000), null);
});

test('zooming keeps the moment under the pointer where it is, and stays inside of the trace', () => {
  const closer = zoomed({ from: 0, to: 1_000_000 }, 0.5, 250_000, 1_000_000);
  assert.deepEqual(closer, { from: 125_000, to: 625_000 });
  assert.deepEqual(zoomed(closer, 10, 250_000, 1_000_000), { from: 0, to: 1_000_000 });
  assert.deepEqual(panned({ from: 100, to: 300 }, -500, 1000), { from: 0, to: 200 });
  assert.deepEqual(between(900_000, 500_000, 1_000_000), { from: 500_000, to: 900_000 });
  assert.equal(between(500_000, 500_000, 1_000_000).to - between(500_000, 500_000, 1_000_000).from, 1000);
});

test('bars are cut at the edges of the zoom and have none outside of it', () => {
  assert.deepEqual(barOf(0, 50, { from: 25, to: 125 }), { left: 0, width: 0.25, cutLeft: true, cutRight: false });
  assert.deepEqual(barOf(100, 500, { from: 0, to: 200 }), { left: 0.5, width: 0.5, cutLeft: false, cutRight: true });
  assert.equal(barOf(0, 10, { from: 20, to: 30 }), null);
  assert.equal(labelSide(0.1, 0.2, 0.1), 'after');
  assert.equal(labelSide(0.5, 0.45, 0.1), 'before');
  assert.equal(labelSide(0, 1, 0.1), 'on');
});
