import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { HeatmapData } from '../src/api/traces.ts';
import { boundOf, boxOf, cellAt, cellsOf, durationTicks, selected, shownRows, strength } from '../src/pages/traces/heat.ts';
import { drawingOf, drawn, gapOf, lonely, parts, stacked, stepOf, timeOf, valueExtent } from '../src/pages/sql/chart.ts';
import { roundStep, roundTicks, timeTicks } from '../src/parts/ticks.ts';
import { durationParam, durationTyped, writeDuration, writeTickDuration } from '../src/time/duration.ts';

test('durations have three digits and the unit that fits', () => {
  const cases = { 0: '0', 7: '7 ns', 1500: '1.5 µs', 340_000: '340 µs', 1_250_000: '1.25 ms', 99_960_000: '100 ms', 999_999_999: '1 s', 12_774_000_000: '12.8 s', 90_000_000_000: '1.5 min' };
  for (const [nanos, text] of Object.entries(cases)) assert.equal(writeDuration(nanos), text);
  assert.equal(writeDuration('86400000000000'), '1 d');
});

test('what people type for a duration is read, and goes into links as it is', () => {
  assert.deepEqual(['250ms', '1.5 s', '2m', '10us', '3 µs', '40'].map(durationTyped), [250e6, 1.5e9, 120e9, 10e3, 3e3, 40e6]);
  assert.deepEqual(['', 'fast', '-1s', '1 parsec'].map(durationTyped), [null, null, null, null]);
  assert.deepEqual([250e6, 1.5e9, 10e3, 1, 1_234_567].map(durationParam), ['250ms', '1.5s', '10us', '1ns', '1234.567us']);
  for (const nanos of [1, 999, 12_345, 46_415_888, 2_154_434_690, 3.6e12]) assert.equal(durationTyped(durationParam(nanos)), nanos);
});

test('ticks have as many digits as tell them apart', () => {
  assert.deepEqual([0, 5e8, 1e9, 15e8].map((nanos) => writeTickDuration(nanos, 5e8)), ['0', '500 ms', '1 s', '1.5 s']);
  assert.deepEqual([2e6, 4e6].map((nanos) => writeTickDuration(nanos, 2e6)), ['2 ms', '4 ms']);
  assert.equal(writeTickDuration(1_000_200_000, 100_000), '1000.2 ms');
});

test('ticks are round and inside of their range', () => {
  assert.deepEqual(roundTicks(0, 97, 5), [0, 20, 40, 60, 80]);
  assert.deepEqual(roundTicks(0.1, 0.62, 5), [0.2, 0.4, 0.6]);
  assert.deepEqual(roundTicks(5, 5, 4), []);
  assert.deepEqual([0.3, 1, 1.1, 2.1, 51].map(roundStep), [0.5, 1, 2, 5, 100]);
});

test('times have ticks on round minutes of the clock that is shown', () => {
  const midnight = Date.UTC(2026, 10, 21);
  assert.deepEqual(timeTicks(midnight + 60_000, midnight + 3_600_000, 4), { step: 900_000, ticks: [15, 30, 45, 60].map((m) => midnight + m * 60_000) });
  const { ticks } = timeTicks(midnight, midnight + 86_400_000, 2, 5.5 * 3_600_000);
  assert.deepEqual(ticks, [6.5, 18.5].map((hours) => midnight + hours * 3_600_000));
  assert.ok(timeTicks(0, 40 * 365 * 86_400_000, 6).ticks.length > 0);
});

const HEAT: HeatmapData = {
  start: 1000,
  step: 100,
  buckets: 3,
  durations: ['1000000', '10000000', '100000000'],
  cells: [[1, 0], [0, 0], [0, 0], [0, 0], [12, 3], [0, 0], [0, 0], [0, 0], [0, 0]],
};
const ALL = { first: 0, end: 3 };

test('only cells that hold something are drawn, and a single one is seen', () => {
  assert.deepEqual(cellsOf(HEAT), [{ bucket: 0, row: 0, count: 1, errors: 0 }, { bucket: 1, row: 1, count: 12, errors: 3 }]);
  assert.ok(strength(1, 10_000) > 0.15);
  assert.equal(strength(10_000, 10_000), 1);
});

test('cells touch without overlapping, the shortest durations at the bottom', () => {
  const [low, high] = [boxOf(HEAT, 0, 0, ALL, 100, 50), boxOf(HEAT, 0, 1, ALL, 100, 50)];
  assert.equal(high.top + high.height, low.top);
  assert.equal(low.top + low.height, 50);
  assert.equal(boxOf(HEAT, 0, 0, ALL, 100, 50).width + boxOf(HEAT, 1, 0, ALL, 100, 50).width + boxOf(HEAT, 2, 0, ALL, 100, 50).width, 100);
});

test('a point is in the cell that is drawn there', () => {
  for (const bucket of [0, 1, 2]) {
    for (const row of [0, 1, 2]) {
      const box = boxOf(HEAT, bucket, row, ALL, 300, 90);
      assert.deepEqual(cellAt(HEAT, box.left + box.width / 2, box.top + box.height / 2, ALL, 300, 90), { bucket, row });
    }
  }
  assert.deepEqual(cellAt(HEAT, -5, 500, ALL, 300, 90), { bucket: 0, row: 0 });
});

test('a brush selects whole cells, in whatever direction it was drawn', () => {
  assert.deepEqual(selected(HEAT, { bucket: 2, row: 1 }, { bucket: 1, row: 0 }), { from: 1100, to: 1300, shortest: 1e6, longest: 1e8 });
});

test('the last row is as high as the others, and a single one has the usual height', () => {
  assert.equal(boundOf(HEAT, 3), 1e9);
  assert.equal(boundOf({ ...HEAT, durations: ['1000000'] }, 1), 1_584_893);
});

test('empty durations are not shown, but for the neighbours of others', () => {
  const bounds = Array.from({ length: 40 }, (_, at) => String(1000 * 2 ** at));
  const cells = Array.from({ length: 40 }, (_, row) => [row === 20 ? 5 : 0, 0] as const);
  const shown = shownRows({ start: 0, step: 1, buckets: 1, durations: bounds, cells }, 8);
  assert.ok(shown.first <= 19 && shown.end >= 22 && shown.end - shown.first === 8);
});

test('durations have their ticks where they lie between the bounds', () => {
  assert.deepEqual(durationTicks(HEAT, ALL).map(({ nanos, at }) => [nanos, Math.round(at * 1000)]), [[1e6, 0], [1e7, 333], [1e8, 667], [1e9, 1000]]);
});

const META = [
  { name: 't', type: 'DateTime' },
  { name: 'service', type: 'LowCardinality(String)' },
  { name: 'n', type: 'UInt64' },
];

test('times, names and numbers become a line of each name, the largest first', () => {
  const drawing = drawingOf(META, [['2026-11-21 17:01:00', 'a', '2'], ['2026-11-21 17:00:00', 'a', '1'], ['2026-11-21 17:00:00', 'b', '9']]);
  assert.ok(drawing.kind === 'time');
  assert.deepEqual(drawing.series.map(({ name, points }) => `${name} ${points.map(([, y]) => y).join(',')}`), ['b 9', 'a 1,2']);
  assert.equal(drawing.y, 'n');
});

test('without names each number is a line; without times names have bars', () => {
  const drawing = drawingOf([{ name: 't', type: 'DateTime64(3)' }, { name: 'p50', type: 'Float64' }, { name: 'p95', type: 'Nullable(Float64)' }], [['2026-11-21 17:01:00.250', 1, null]]);
  assert.ok(drawing.kind === 'time');
  assert.deepEqual(drawing.series.map(({ name }) => name), ['p50']);
  const bars = drawingOf(META.slice(1), [['a', '5'], ['', '7']]);
  assert.ok(bars.kind === 'bars');
  assert.deepEqual(bars.bars, [{ name: 'a', value: 5 }, { name: '', value: 7 }]);
  assert.equal(drawingOf(META.slice(0, 2), [['2026-11-21', 'a']]).kind, 'none');
  assert.equal(drawingOf(META, []).kind, 'none');
});

test("ClickHouse's times are read as UTC", () => {
  assert.equal(timeOf('2026-11-21 17:00:00'), Date.UTC(2026, 10, 21, 17));
  assert.equal(timeOf('2026-11-21 17:00:00.123456789'), Date.UTC(2026, 10, 21, 17, 0, 0, 123));
  assert.equal(timeOf('2026-11-21'), Date.UTC(2026, 10, 21));
  assert.equal(timeOf('soon'), null);
});

test('stacked series stand on each other, and a missing value is nothing', () => {
  const bands = stacked([{ name: 'a', points: [[0, 1], [10, 2]] }, { name: 'b', points: [[10, 5]] }]);
  assert.deepEqual(bands[1]?.bands, [[0, 1, 1], [10, 2, 7]]);
  assert.equal(stepOf([{ name: 'a', points: [[0, 1], [60, 1], [120, 1], [600, 1]] }]), 60);
});

test('an axis of values starts at zero and ends above the highest', () => {
  const { low, high, ticks } = valueExtent([3, 97], 5);
  assert.equal(low, 0);
  assert.ok(high > 97 && (ticks.at(-1) ?? 0) <= 97);
  assert.equal(valueExtent([-5, 5], 4).low, -5);
  assert.deepEqual(valueExtent([], 4).ticks, [0, 1]);
});

test('a line is not drawn over times without values, and a value between two gaps is seen', () => {
  const minute = 60_000;
  const at = (n: number, y = 1) => [n * minute, y] as const;
  const points = [at(0), at(1), at(2), at(5), at(8), at(9)];
  const gap = gapOf(points.map(([x]) => x));
  assert.equal(gap, 1.5 * minute);
  assert.deepEqual(parts(points, gap).map((run) => run.length), [3, 1, 2]);
  assert.deepEqual(lonely(points, gap), [at(5)]);
  assert.equal(gapOf([0, 1000, 1720, 5030, 5400, 9100]), Infinity, 'times on no grid are joined');
});

test('a band without height has no edge that would hide the one below it', () => {
  const heights = [0, 0, 0, 5, 0, 0];
  assert.deepEqual(drawn(heights.map((height, at) => [at, 1, 1 + height] as const)).map(([x]) => x), [2, 3, 4]);
});
