import assert from 'node:assert/strict';
import { test } from 'node:test';
import { absolute, rangeTyped, relativeWords, resolveRange, resolveTime, scaled, shifted } from '../src/time/range.ts';
import { millisOf, writeMillis, writeNanos, writeSpan, writeTick } from '../src/time/write.ts';

const NOW = Date.UTC(2026, 10, 21, 17, 0, 0);
const HOUR = 3_600_000;

test('times are relative, absolute or milliseconds', () => {
  assert.equal(resolveTime('now', NOW), NOW);
  assert.equal(resolveTime('now-1h', NOW), NOW - HOUR);
  assert.equal(resolveTime('now-2w', NOW), NOW - 14 * 24 * HOUR);
  assert.equal(resolveTime('2026-11-21T17:00:00Z', 0), NOW);
  assert.equal(resolveTime(String(NOW), 0), NOW);
  for (const wrong of ['', 'now-', 'now+1h', 'yesterday', '12', 'now-1y']) assert.equal(resolveTime(wrong, NOW), null, wrong);
});

test('a range that ends before it begins is none', () => {
  assert.equal(resolveRange({ from: 'now', to: 'now-1h' }, NOW), null);
});

test('people type ranges in many ways', () => {
  assert.deepEqual(rangeTyped('45m', NOW), { from: 'now-45m', to: 'now' });
  assert.deepEqual(rangeTyped('last 2 days', NOW), { from: 'now-2d', to: 'now' });
  assert.deepEqual(rangeTyped('now-2d to now-1d', NOW), { from: 'now-2d', to: 'now-1d' });
  assert.deepEqual(rangeTyped('2026-11-21T16:00:00Z to 2026-11-21T17:00:00Z', NOW), absolute(NOW - HOUR, NOW));
  assert.equal(resolveRange(rangeTyped('yesterday', NOW) ?? { from: '', to: '' }, NOW) === null, false);
  const noon = new Date(NOW).setHours(12, 0, 0, 0);
  assert.deepEqual(rangeTyped('11:15', noon), { from: new Date(noon - 45 * 60_000).toISOString(), to: 'now' });
  assert.deepEqual(rangeTyped('9:00 to 10:00', noon), absolute(noon - 3 * HOUR, noon - 2 * HOUR));
  for (const wrong of ['', 'soon', 'now to now-1h', '25:00', '10:00 to 9:00', '9:60']) assert.equal(rangeTyped(wrong, NOW), null, wrong);
});

test('steps go by half a width, and back where they came from', () => {
  const range = absolute(NOW - HOUR, NOW);
  assert.deepEqual(shifted(range, -1, NOW), absolute(NOW - 1.5 * HOUR, NOW - 0.5 * HOUR));
  assert.deepEqual(shifted(shifted(range, -1, NOW), 1, NOW), range);
  assert.deepEqual(scaled(scaled(range, 2, NOW), 0.5, NOW), range);
});

test('ranges are named as people say them', () => {
  assert.equal(relativeWords({ from: 'now-15m', to: 'now' }), 'Last 15 minutes');
  assert.equal(relativeWords({ from: 'now-1d', to: 'now' }), 'Last day');
  assert.equal(relativeWords({ from: 'now-2d', to: 'now-1d' }), null);
});

test('nanoseconds keep all their digits', () => {
  assert.equal(writeNanos('1795280400123456789', true, 9), '2026-11-21 17:00:00.123456789');
  assert.equal(writeNanos('1795280400123456789', true, 3), '2026-11-21 17:00:00.123');
  assert.equal(millisOf('1795280400123456789'), NOW + 123);
});

test('a span of time names a date once', () => {
  assert.equal(writeSpan(NOW - HOUR, NOW, true), '21 Nov, 16:00:00 – 17:00:00');
  assert.equal(writeSpan(NOW - 24 * HOUR, NOW, true), '20 Nov, 17:00:00 – 21 Nov, 17:00:00');
  assert.equal(writeTick(NOW, 300_000, true), '17:00');
  assert.equal(writeMillis(84), '84 ms');
  assert.equal(writeMillis(90_000), '1.5 min');
});
