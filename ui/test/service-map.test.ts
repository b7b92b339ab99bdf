import assert from 'node:assert/strict';
import { test } from 'node:test';
import { curve, labelPoint } from '../src/pages/traces/map/curve.ts';
import { layoutOf, type MapLayout } from '../src/pages/traces/map/layout.ts';
import { fitted, scaledAt } from '../src/pages/traces/map/view.ts';
import { writeRate } from '../src/pages/traces/rate.ts';
import { share } from '../src/pages/traces/share.ts';

const SIZES = { width: 100, height: 40, gapX: 60, gapY: 20 };

const arrows = (text: string) =>
  text.split(' ').map((one) => {
    const [from = '', to = ''] = one.split('>');
    return { from, to };
  });

const drawn = (text: string, alone: readonly string[] = []): MapLayout => layoutOf([...alone, ...arrows(text).flatMap(({ from, to }) => [from, to])], arrows(text), SIZES);

const layer = (layout: MapLayout, name: string): number => layout.nodes.find((node) => node.name === name)?.layer ?? -1;

test('callers are left of whom they call', () => {
  const layout = drawn('web>shop shop>cart shop>pay pay>bank web>bank');
  for (const { from, to } of arrows('web>shop shop>cart shop>pay pay>bank web>bank')) assert.ok(layer(layout, from) < layer(layout, to), `${from} ${to}`);
});

test('who calls only late stands next to whom it calls', () => {
  assert.equal(layer(drawn('a>b b>c c>d cron>d'), 'cron'), 2);
});

test('rings are opened: one arrow of each goes back', () => {
  const layout = drawn('a>b b>c c>a');
  assert.deepEqual(layout.paths.map(({ from, to, back }) => `${from}>${to}${back ? ' back' : ''}`), ['a>b', 'b>c', 'c>a back']);
  const back = layout.paths.find((path) => path.back);
  assert.ok((back?.points[0]?.x ?? 0) > (back?.points.at(-1)?.x ?? 0));
});

test('services overlap neither each other nor the arrows that pass between them', () => {
  const layout = drawn('a>b a>c a>d b>e c>e d>e a>e e>f a>f b>f x>y', ['lonely']);
  for (const one of layout.nodes) {
    assert.ok(one.x >= 0 && one.y >= -0.01 && one.x + SIZES.width <= layout.width && one.y + SIZES.height <= layout.height + 0.01, one.name);
    for (const other of layout.nodes) {
      if (one.name !== other.name && one.layer === other.layer) assert.ok(Math.abs(one.y - other.y) >= SIZES.height + SIZES.gapY - 0.01, `${one.name} ${other.name}`);
    }
    for (const path of layout.paths) {
      for (const { x, y } of path.points.slice(1, -1)) {
        const inside = x >= one.x && x <= one.x + SIZES.width && y > one.y && y < one.y + SIZES.height;
        assert.ok(!inside, `${path.from}>${path.to} crosses ${one.name}`);
      }
    }
  }
});

test('arrows do not cross where they need not', () => {
  const { nodes } = drawn('a>y b>x c>w');
  const y = (name: string): number => nodes.find((node) => node.name === name)?.y ?? 0;
  assert.ok((y('a') - y('b')) * (y('y') - y('x')) > 0);
  assert.ok((y('b') - y('c')) * (y('x') - y('w')) > 0);
});

test('the same services are the same picture, in whatever order they come', () => {
  const text = 'web>shop shop>cart shop>pay pay>bank web>bank cron>pay';
  const turned = text.split(' ').reverse().join(' ');
  assert.deepEqual(drawn(text), drawn(turned));
});

test('calls to itself and to nobody known are left out', () => {
  const layout = layoutOf(['a', 'b'], [{ from: 'a', to: 'a' }, { from: 'a', to: 'gone' }, { from: 'a', to: 'b' }], SIZES);
  assert.equal(layout.paths.length, 1);
  assert.deepEqual(layoutOf([], [], SIZES), { nodes: [], paths: [], width: 0, height: 0 });
});

test('two hundred services are laid out in no time', () => {
  const many = Array.from({ length: 400 }, (_, at) => ({ from: `s${at % 97}`, to: `s${(at * 7 + 13) % 200}` }));
  const start = performance.now();
  const layout = layoutOf(many.flatMap(({ from, to }) => [from, to]), many, SIZES);
  assert.ok(layout.nodes.length > 150);
  assert.ok(performance.now() - start < 2000);
});

test('an arrow leaves and arrives level', () => {
  assert.equal(curve([{ x: 0, y: 0 }, { x: 100, y: 50 }]), 'M0,0C50,0 50,50 100,50');
  assert.equal(curve([{ x: 0, y: 5 }, { x: 100, y: 5 }]), 'M0,5L100,5');
});

test('a label stands where fewer arrows meet', () => {
  const points = [{ x: 0, y: 0 }, { x: 100, y: 100 }];
  assert.ok(labelPoint(points, 4, 1).x > 50);
  assert.ok(labelPoint(points, 1, 4).x < 50);
  assert.deepEqual(labelPoint(points, 1, 1), { x: 50, y: 50 });
});

test('all of a map fits the screen, and zooming keeps the point under the pointer', () => {
  const camera = fitted({ width: 2000, height: 500 }, { width: 1000, height: 800 });
  assert.ok(camera.x >= 0 && camera.x + 2000 * camera.scale <= 1000);
  const closer = scaledAt(camera, 2, 300, 200);
  assert.ok(Math.abs((300 - camera.x) / camera.scale - (300 - closer.x) / closer.scale) < 1e-6);
});

test('rates have the unit that reads best', () => {
  assert.deepEqual([0, 1 / 3600, 0.02, 0.1, 3.44, 9.97, 950, 12_340, 2_500_000].map(writeRate), ['0', '1/h', '1.2/min', '0.1/s', '3.4/s', '10/s', '950/s', '12.3k/s', '2.5M/s']);
});

test('a share of errors is never rounded to none or all', () => {
  assert.deepEqual([0, 0.00001, 0.0123, 0.5, 0.999, 1].map(share), ['0 %', '<0.01 %', '1.2 %', '50 %', '>99 %', '100 %']);
});
