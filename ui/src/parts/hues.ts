import { stored, textList } from '../app/stored.ts';

const HUES = 12;
const NAMES_MAX = 600;

/** Names in the order in which they were first seen: each keeps its colour on every page and after a reload. */
const seen = stored('hues', textList);
const numbers = new Map(seen.peek().map((name, at) => [name, at]));

function hueOf(name: string): number {
  const known = numbers.get(name);
  if (known !== undefined) return known % HUES;
  const next = numbers.size;
  numbers.set(name, next);
  // Not while a component is being rendered: nobody waits for what is remembered.
  if (next < NAMES_MAX) queueMicrotask(() => (seen.value = [...numbers.keys()].slice(0, NAMES_MAX)));
  return next % HUES;
}

/** The CSS variable of a name's colour. */
export const hueName = (name: string): string => `--hue-${hueOf(name)}`;

export const hue = (name: string): string => `var(${hueName(name)})`;
