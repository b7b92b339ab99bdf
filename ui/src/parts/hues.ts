import { computed, signal } from '@preact/signals';
import { useLayoutEffect } from 'preact/hooks';
import { areLevels, levelOf } from './levels.ts';
import { huesOf, ownHue } from './palette.ts';

/** What each part of the screen tells apart by colour. */
const screen = signal<ReadonlyMap<object, readonly string[]>>(new Map());
const hues = computed(() => huesOf([...screen.value.values()].flat()));

/** These names are on the screen together, as long as the component is: no two of them share a colour if there are enough. */
export function useToldApart(names: readonly string[]): void {
  const key = names.join('\0');
  useLayoutEffect(() => {
    const part = {};
    screen.value = new Map([...screen.peek(), [part, names]]);
    return () => {
      screen.value = new Map([...screen.peek()].filter(([other]) => other !== part));
    };
  }, [key]);
}

/** The CSS variable of a name's colour. */
export const hueName = (name: string): string => `--hue-${hues.value.get(name) ?? ownHue(name)}`;

export const hue = (name: string): string => `var(${hueName(name)})`;

/** The colour of each of some series: that of its level where all are levels, else of its name. The same as in other charts. */
export function seriesColours(names: readonly string[]): (name: string) => string {
  if (areLevels(names)) return (name) => `var(--${levelOf(undefined, name)})`;
  return hue;
}
