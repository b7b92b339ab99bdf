import type { ComponentChildren } from 'preact';
import { useEffect, useRef } from 'preact/hooks';
import { Button } from './Button.tsx';

type Props = { readonly title: string; readonly onClose?: () => void; readonly children: ComponentChildren };

/** A dialog over everything, which holds the focus. Without `onClose` it cannot be closed from inside. */
export function Dialog({ title, onClose, children }: Props) {
  const dialog = useRef<HTMLDialogElement>(null);
  const gone = useRef(false);
  useEffect(() => {
    const element = dialog.current;
    const before = document.activeElement;
    element?.showModal();
    return () => {
      gone.current = true;
      // Closing gives the focus back; without it the browser leaves it on a button that nobody sees any more.
      element?.close();
      const now = document.activeElement;
      if (now instanceof HTMLElement && element?.contains(now)) now.blur();
      if (document.activeElement === document.body && before instanceof HTMLElement) before.focus();
    };
  }, []);
  // A second Escape closes a dialog whatever the page says to the first.
  const closed = (): void => {
    if (gone.current) return;
    if (onClose) onClose();
    else dialog.current?.showModal();
  };
  return (
    <dialog
      ref={dialog}
      aria-label={title}
      onCancel={(event) => {
        event.preventDefault();
        onClose?.();
      }}
      onClose={closed}
      onClick={(event) => event.target === dialog.current && onClose?.()}
    >
      <header>
        <h2>{title}</h2>
        {onClose && <Button icon="close" label="Close" shortcut="Esc" onClick={onClose} />}
      </header>
      {children}
    </dialog>
  );
}
