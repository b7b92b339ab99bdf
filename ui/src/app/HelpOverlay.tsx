import { signal } from '@preact/signals';
import { Dialog } from '../parts/Dialog.tsx';
import { activeKeys, type Key } from './keys.ts';

export const helpOpen = signal(false);

/** All keys that work on this page. */
export function HelpOverlay() {
  if (!helpOpen.value) return null;
  const groups = new Map<string, Key[]>();
  for (const key of activeKeys.value) groups.set(key.group, [...(groups.get(key.group) ?? []), key]);
  return (
    <Dialog title="Keys" onClose={() => (helpOpen.value = false)}>
      <div class="keys">
        {[...groups].map(([group, keys]) => (
          <section key={group}>
            <h3>{group}</h3>
            <dl>
              {keys.map((key) => (
                <div key={key.key}>
                  <dt>
                    <kbd>{shown(key.key)}</kbd>
                  </dt>
                  <dd>{key.does}</dd>
                </div>
              ))}
            </dl>
          </section>
        ))}
      </div>
    </Dialog>
  );
}

const NAMES: Readonly<Record<string, string>> = {
  Escape: 'Esc',
  ArrowUp: '↑',
  ArrowDown: '↓',
  ArrowLeft: '←',
  ArrowRight: '→',
  PageUp: 'Page ↑',
  PageDown: 'Page ↓',
  'Mod+Enter': 'Ctrl Enter',
};

const shown = (key: string): string => NAMES[key] ?? key;
