import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { LedgerLine } from '../src/api/ledger.ts';
import { MINUTES, minutesOf, placesOf, sums } from '../src/pages/system/minutes.ts';

const line = (some: Partial<LedgerLine>): LedgerLine => ({
  received: '0',
  stored: '0',
  dead_lettered: '0',
  dropped: '0',
  in_flight: '0',
  in_journal: '0',
  in_bucket: '0',
  elsewhere: '0',
  missing: '0',
  refused: {},
  ...some,
});

const NOW = Date.UTC(2026, 10, 22, 1, 5, 30);
const minute = (before: number): string => String(Math.floor(NOW / 60_000) - before);

test('every minute of the hour has a bar, also those in which nothing came', () => {
  const minutes = minutesOf([line({ minute: minute(0), received: '5', stored: '5' }), line({ minute: minute(60), received: '7', stored: '7' }), line({ minute: minute(61), received: '9', stored: '9' })], NOW);
  assert.equal(minutes.length, MINUTES);
  assert.equal(minutes.at(-1)?.at, Date.UTC(2026, 10, 22, 1, 5));
  assert.deepEqual(minutes.filter(({ received }) => received > 0).map(({ received }) => received), [7, 5]);
});

test("a minute's places add up to what was received, also while it moves", () => {
  const places = placesOf(line({ received: '100', stored: '60', dead_lettered: '1', dropped: '2', in_flight: '30', in_journal: '10', in_bucket: '20', elsewhere: '3', missing: '1' }));
  assert.equal(Object.values(places).reduce((all, one) => all + one), 100);
  assert.equal(places.open, 3);
  assert.equal(placesOf(line({ received: '10', stored: '12' })).open, 0);
});

test('the legend has the places that have records, what is wrong last', () => {
  const minutes = minutesOf([line({ minute: minute(2), received: '10', stored: '8', missing: '2' }), line({ minute: minute(1), received: '5', in_flight: '5', in_bucket: '5' })], NOW);
  assert.deepEqual(sums(minutes).map(({ id, records }) => `${id} ${records}`), ['stored 8', 'bucket 5', 'missing 2']);
  assert.deepEqual(sums(minutesOf([], NOW)), []);
});
