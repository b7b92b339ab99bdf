import { signal } from '@preact/signals';
import { useEffect } from 'preact/hooks';

/** A key that does something, and what the help says about it. */
export type Key = {
  /** As in KeyboardEvent.key; with `Shift+`, `Alt+` or `Mod+` (Ctrl or Cmd) in front. Two after one another: `g l`. */
  readonly key: string;
  readonly does: string;
  readonly group: string;
  readonly run: (event: KeyboardEvent) => void;
  /** Also while typing into a field. */
  readonly inFields?: boolean;
};

/** All keys that work now, the newest last: the newest of the same name wins. */
export const activeKeys = signal<readonly Key[]>([]);

/** Keys that work while a component is shown. `keys` may be made anew at each rendering. */
export function useKeys(keys: readonly Key[]): void {
  useEffect(() => {
    activeKeys.value = [...activeKeys.value, ...keys];
    return () => {
      activeKeys.value = activeKeys.value.filter((key) => !keys.includes(key));
    };
  }, []);
}

function nameOf(event: KeyboardEvent): string {
  // AltGr, which some keyboards need for [ and ], looks like Ctrl and Alt.
  const altGr = event.getModifierState('AltGraph');
  const mod = (event.ctrlKey || event.metaKey) && !altGr ? 'Mod+' : '';
  const alt = event.altKey && !altGr ? 'Alt+' : '';
  // Shift is in the character already, but for keys without one.
  const shift = event.shiftKey && event.key.length > 1 ? 'Shift+' : '';
  return mod + alt + shift + event.key;
}

function isField(target: EventTarget | null): boolean {
  if (!(target instanceof HTMLElement)) return false;
  return target.isContentEditable || /^(INPUT|TEXTAREA|SELECT)$/.test(target.tagName);
}

/** Enter and the space bar belong to the button or link that has the focus. */
function belongsToFocus(event: KeyboardEvent): boolean {
  return /^(Enter| )$/.test(event.key) && event.target instanceof Element && event.target.closest('button, a[href], summary') !== null;
}

/** The first of two keys, until the second comes or it is too late. */
let before = { key: '', at: 0 };
const PAIR_MS = 1000;

addEventListener('keydown', (event) => {
  if (event.defaultPrevented || belongsToFocus(event) || /^(Shift|Alt|Control|Meta)$/.test(event.key)) return;
  // An open dialog holds the keys as it holds the focus: Escape is to close it, and not to do what the page does then.
  if (document.querySelector('dialog:modal') !== null) return;
  const alone = nameOf(event);
  const pair = `${before.key} ${alone}`;
  const paired = Date.now() - before.at < PAIR_MS && activeKeys.value.some((key) => key.key === pair);
  before = { key: alone, at: Date.now() };
  const name = paired ? pair : alone;
  const typing = isField(event.composedPath()[0] ?? event.target);
  const found = activeKeys.value.findLast((key) => key.key === name && (!typing || key.inFields === true));
  if (found === undefined) return;
  event.preventDefault();
  found.run(event);
});
