import { effect } from '@preact/signals';
import { oneOf, stored } from './stored.ts';

/** `system` follows the operating system. */
export type Theme = 'system' | 'light' | 'dark';

export const theme = stored<Theme>('theme', oneOf<Theme>('system', 'light', 'dark'));

effect(() => {
  const root = document.documentElement;
  if (theme.value === 'system') delete root.dataset['theme'];
  else root.dataset['theme'] = theme.value;
});

const darkSystem = matchMedia('(prefers-color-scheme: dark)');

/** The other of light and dark; `system` again when that is what the system says. */
export function switchTheme(): void {
  const dark = theme.value === 'system' ? darkSystem.matches : theme.value === 'dark';
  const wanted: Theme = dark ? 'light' : 'dark';
  theme.value = (wanted === 'dark') === darkSystem.matches ? 'system' : wanted;
}
