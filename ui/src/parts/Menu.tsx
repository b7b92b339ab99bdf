import type { ComponentChildren } from 'preact';
import { Icon, type IconName } from './Icon.tsx';
import { Popover } from './Popover.tsx';

export type MenuItem = {
  readonly name: ComponentChildren;
  readonly icon?: IconName;
  /** Small text at the right. */
  readonly hint?: string;
  readonly disabled?: boolean;
  readonly run: () => void;
};

type Props = {
  readonly icon?: IconName;
  readonly label: string;
  readonly text?: ComponentChildren;
  readonly align?: 'left' | 'right';
  readonly items: readonly MenuItem[];
  /** A choice says what is chosen, and that there are others. */
  readonly choice?: boolean;
};

/** A button that opens a list of things to do; arrows, Home and End move, Enter does. */
export function Menu({ items, choice, text, ...button }: Props) {
  const shown = choice ? (
    <>
      {text}
      <Icon name="down" />
    </>
  ) : (
    text
  );
  return (
    <Popover {...button} {...(shown === undefined ? {} : { text: shown })} {...(choice ? { class: 'choice' } : {})} role="menu">
      {(close) => (
        <div class="menu" onKeyDown={moveFocus}>
          {items.map((item, index) => (
            <button
              key={index}
              type="button"
              role="menuitem"
              disabled={item.disabled ?? false}
              onClick={() => {
                close();
                item.run();
              }}
            >
              {item.icon && <Icon name={item.icon} />}
              <span class="name">{item.name}</span>
              {item.hint !== undefined && <span class="hint">{item.hint}</span>}
            </button>
          ))}
        </div>
      )}
    </Popover>
  );
}

/** Moves the focus among the buttons of a list. */
export function moveFocus(event: KeyboardEvent): void {
  const list = event.currentTarget as HTMLElement;
  const stops = [...list.querySelectorAll<HTMLElement>('button:not(:disabled), a[href], input')];
  const at = stops.indexOf(document.activeElement as HTMLElement);
  const last = stops.length - 1;
  const to = { ArrowDown: Math.min(at + 1, last), ArrowUp: Math.max(at - 1, 0), Home: 0, End: last }[event.key];
  if (to === undefined || (stops[at]?.tagName === 'INPUT' && /Home|End/.test(event.key))) return;
  event.preventDefault();
  stops[to]?.focus();
}
