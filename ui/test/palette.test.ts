import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { HUES, huesOf, ownHue } from '../src/parts/palette.ts';

const NAMES = ['cart', 'checkout', 'email', 'inventory', 'nginx', 'payment', 'recommendation', 'search', 'web'];

test('the same names have the same colours, in whichever order they come', () => {
  const hues = huesOf(NAMES);
  assert.deepEqual(huesOf([...NAMES].reverse()), hues);
  assert.equal(new Set(hues.values()).size, NAMES.length, 'no two share one');
  assert.ok(NAMES.filter((name) => hues.get(name) === ownHue(name)).length > NAMES.length / 2, 'most have their own');
});

test('as many names as there are colours are told apart, more share', () => {
  const many = Array.from({ length: 40 }, (_, at) => `service-${at}`);
  assert.equal(new Set(huesOf(many.slice(0, HUES)).values()).size, HUES);
  assert.equal(huesOf(many).size, 40);
});

test('names are spread over all colours', () => {
  const counts = new Map<number, number>();
  for (let at = 0; at < 6000; at++) counts.set(ownHue(`pod-${at}`), (counts.get(ownHue(`pod-${at}`)) ?? 0) + 1);
  assert.equal(counts.size, HUES);
  for (const count of counts.values()) assert.ok(count > 350 && count < 650, String(count));
});

type Colour = readonly [number, number, number];
type Theme = ReadonlyMap<string, Colour>;

const css = readFileSync(new URL('../../../src/style/tokens.css', import.meta.url), 'utf8');

function theme(place: 1 | 2): Theme {
  const found = new Map<string, Colour>();
  for (const match of css.matchAll(/(--[\w-]+): light-dark\((#[0-9a-f]{6}), (#[0-9a-f]{6})\)/g)) {
    const hex = match[place + 1] as string;
    found.set(match[1] as string, [1, 3, 5].map((at) => parseInt(hex.slice(at, at + 2), 16) / 255) as unknown as Colour);
  }
  return found;
}

const linear = (c: number): number => (c <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4);

function contrast(a: Colour, b: Colour): number {
  const luminance = ([r, g, b]: Colour): number => 0.2126 * linear(r) + 0.7152 * linear(g) + 0.0722 * linear(b);
  const [x, y] = [luminance(a), luminance(b)].sort((one, other) => other - one) as [number, number];
  return (x + 0.05) / (y + 0.05);
}

/** How different two colours look, after Ottosson's OKLab; 0.02 is just seen. */
function distance(a: Colour, b: Colour): number {
  const [p, q] = [oklab(a), oklab(b)];
  return Math.hypot(p[0] - q[0], p[1] - q[1], p[2] - q[2]);
}

function oklab(colour: Colour): Colour {
  const [r, g, b] = colour.map(linear) as unknown as Colour;
  const l = Math.cbrt(0.4122214708 * r + 0.5363325363 * g + 0.0514459929 * b);
  const m = Math.cbrt(0.2119034982 * r + 0.6806995451 * g + 0.1073969566 * b);
  const s = Math.cbrt(0.0883024619 * r + 0.2817188376 * g + 0.6299787005 * b);
  return [
    0.2104542553 * l + 0.793617785 * m - 0.0040720468 * s,
    1.9779984951 * l - 2.428592205 * m + 0.4505937099 * s,
    0.0259040371 * l + 0.7827717662 * m - 0.808675766 * s,
  ];
}

const TEXTS = ['--text', '--text-2', '--text-3', '--accent', '--accent-strong', '--warn-text', '--error-text', '--fatal-text'];
const CODE = ['--code-field', '--code-operator', '--code-text', '--code-number', '--code-word'];
const GROUNDS = ['--bg', '--surface', '--raised', '--sunken', '--hover', '--selected'];

for (const place of [1, 2] as const) {
  const name = place === 1 ? 'light' : 'dark';
  const colours = theme(place);
  const of = (token: string): Colour => {
    const found = colours.get(token);
    assert.ok(found, `${token} is a colour in ${name}`);
    return found;
  };

  test(`texts have the contrast of WCAG AA on every ground: ${name}`, () => {
    for (const text of [...TEXTS, ...CODE]) {
      for (const ground of GROUNDS) {
        const found = contrast(of(text), of(ground));
        assert.ok(found >= 4.5, `${text} on ${ground}: ${found.toFixed(2)}`);
      }
    }
    assert.ok(contrast(of('--on-accent'), of('--accent')) >= 4.5);
    assert.ok(contrast(of('--accent-strong'), of('--accent-soft')) >= 4.5);
    assert.ok(contrast(of('--warn-text'), of('--warn-soft')) >= 4.5);
    assert.ok(contrast(of('--error-text'), of('--error-soft')) >= 4.5);
  });

  test(`marks and the ring of the focus can be seen: ${name}`, () => {
    const hues = Array.from({ length: HUES }, (_, at) => `--hue-${at}`);
    for (const mark of [...hues, '--focus', '--error', '--fatal']) {
      for (const ground of ['--bg', '--surface']) {
        const found = contrast(of(mark), of(ground));
        assert.ok(found >= 3, `${mark} on ${ground}: ${found.toFixed(2)}`);
      }
    }
  });

  test(`no two hues look alike, none looks like an error: ${name}`, () => {
    const all = [...Array.from({ length: HUES }, (_, at) => `--hue-${at}`), '--error'];
    for (const [at, one] of all.entries()) {
      for (const other of all.slice(at + 1)) {
        const found = distance(of(one), of(other));
        assert.ok(found >= 0.055, `${one} and ${other}: ${found.toFixed(3)}`);
      }
    }
  });
}
