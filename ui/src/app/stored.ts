import { effect, type Signal, signal } from '@preact/signals';

/**
 * A signal that outlives the page, in localStorage. What is stored is read back through `read`, which must cope with
 * anything: an older version of us wrote it. Storage that is full or forbidden costs the memory, not the page.
 */
export function stored<T>(name: string, read: (json: unknown) => T): Signal<T> {
  const key = `lodge.${name}`;
  const value = signal(read(parsed(key)));
  let first = true;
  effect(() => {
    const json = JSON.stringify(value.value);
    if (first) {
      first = false;
      return;
    }
    try {
      localStorage.setItem(key, json);
    } catch {
      // Remembered until the tab closes.
    }
  });
  return value;
}

function parsed(key: string): unknown {
  try {
    return JSON.parse(localStorage.getItem(key) ?? 'null');
  } catch {
    return null;
  }
}

/** Readers for `stored`. */
export const oneOf =
  <T extends string>(...options: readonly [T, ...T[]]) =>
  (json: unknown): T =>
    options.find((option) => option === json) ?? options[0];

export const textList = (json: unknown): readonly string[] =>
  Array.isArray(json) ? json.filter((item): item is string => typeof item === 'string') : [];
