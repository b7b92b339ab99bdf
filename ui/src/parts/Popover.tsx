import type { ComponentChildren } from 'preact';
import { useEffect, useRef, useState } from 'preact/hooks';
import { Button } from './Button.tsx';
import type { IconName } from './Icon.tsx';

type Props = {
  readonly icon?: IconName;
  readonly label: string;
  readonly shortcut?: string;
  /** The button's text; without it the icon stands alone. */
  readonly text?: ComponentChildren;
  readonly align?: 'left' | 'right';
  readonly class?: string;
  /** What the panel is to screen readers. */
  readonly role?: 'dialog' | 'menu';
  readonly children: (close: () => void) => ComponentChildren;
};

/** A button and a panel below it, which a click elsewhere or Escape closes. */
export function Popover({ icon, label, shortcut, text, align = 'left', class: more = '', role = 'dialog', children }: Props) {
  const [open, setOpen] = useState(false);
  const root = useRef<HTMLDivElement>(null);

  const close = (): void => {
    setOpen(false);
    root.current?.querySelector('button')?.focus();
  };

  useEffect(() => {
    if (!open) return;
    const panel = root.current?.querySelector<HTMLElement>('.popover');
    (panel?.querySelector<HTMLElement>('[autofocus], input, [role^="menuitem"]') ?? panel)?.focus();
    const outside = (event: Event): void => {
      if (!root.current?.contains(event.target as Node)) setOpen(false);
    };
    addEventListener('pointerdown', outside);
    addEventListener('focusin', outside);
    return () => {
      removeEventListener('pointerdown', outside);
      removeEventListener('focusin', outside);
    };
  }, [open]);

  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.key !== 'Escape' || !open) return;
    event.preventDefault();
    event.stopPropagation();
    close();
  };

  return (
    <div class={`anchor ${more}`} ref={root} onKeyDown={onKeyDown}>
      <Button
        {...(icon ? { icon } : {})}
        {...(shortcut ? { shortcut } : {})}
        label={label}
        aria-haspopup={role}
        aria-expanded={open}
        onClick={() => setOpen(!open)}
      >
        {text}
      </Button>
      {open && (
        <div class={`popover ${align}`} role={role} aria-label={label} tabIndex={-1}>
          {children(close)}
        </div>
      )}
    </div>
  );
}
