import { type ReadonlySignal, signal } from '@preact/signals';
import { type Changes, changed, linkTo, type Place, placeOf } from './url.ts';

const current = signal(placeOf(location.pathname, location.search));

addEventListener('popstate', () => {
  current.value = placeOf(location.pathname, location.search);
});

export const place: ReadonlySignal<Place> = current;

/** Goes somewhere, as following a link does. */
export function go(next: Place): void {
  const link = linkTo(next);
  if (link === linkTo(current.value)) return;
  history.pushState(null, '', link);
  current.value = next;
}

/** Changes parameters of this page: `push` where the back button should undo it. */
export function setParams(changes: Changes, how: 'push' | 'replace' = 'push'): void {
  const next = changed(current.value, changes);
  if (how === 'push') return go(next);
  history.replaceState(null, '', linkTo(next));
  current.value = next;
}

export const param = (name: string, otherwise = ''): string => current.value.params[name] ?? otherwise;
