import assert from 'node:assert/strict';
import { test } from 'node:test';
import { evenLayout, HEIGHT_MAX, scrollTo, unevenLayout, windowAt } from '../src/parts/window.ts';

test('a window holds what the screen shows and a few more', () => {
  const window = windowAt(evenLayout(1000, 20), 4000, 400, 5);
  assert.deepEqual(window, { first: 195, end: 226, offset: 3900, height: 20_000 });
});

test('a window never leaves the list', () => {
  assert.deepEqual(windowAt(evenLayout(3, 20), 0, 400), { first: 0, end: 3, offset: 0, height: 60 });
  assert.deepEqual(windowAt(evenLayout(0, 20), 0, 400), { first: 0, end: 0, offset: 0, height: 0 });
  assert.equal(windowAt(evenLayout(100, 20), 1600, 400).end, 100);
});

test('a million rows have a height that browsers can scroll, and every row can be reached', () => {
  const layout = evenLayout(1_000_000, 22);
  const viewport = 700;
  assert.equal(windowAt(layout, 0, viewport).height, HEIGHT_MAX);
  const bottom = windowAt(layout, HEIGHT_MAX - viewport, viewport);
  assert.equal(bottom.end, 1_000_000);
  for (const row of [0, 1, 499_999, 777_777, 999_999]) {
    const top = scrollTo(layout, row, 0, viewport);
    const window = windowAt(layout, top, viewport, 0);
    assert.ok(window.first <= row && row < window.end, `row ${row}`);
    // It is drawn where the screen is: not above it, not below.
    const drawnAt = window.offset + (row - window.first) * 22;
    assert.ok(drawnAt >= top - 0.01 && drawnAt + 22 <= top + viewport + 0.01, `row ${row} at ${drawnAt}, screen at ${top}`);
  }
});

test('rows of different heights are found by their tops', () => {
  const layout = unevenLayout([0, 20, 80, 100, 140], 4);
  assert.equal(layout.total, 140);
  assert.deepEqual([0, 19, 20, 79, 80, 139, 999].map((y) => layout.rowAt(y)), [0, 0, 1, 1, 2, 3, 3]);
});

test('bringing a row onto the screen moves no more than needed', () => {
  const layout = evenLayout(100, 20);
  assert.equal(scrollTo(layout, 5, 0, 400), 0);
  assert.equal(scrollTo(layout, 20, 0, 400), 20);
  assert.equal(scrollTo(layout, 2, 200, 400), 40);
});
