import type { ComponentChildren } from 'preact';
import { useEffect, useRef } from 'preact/hooks';
import { Button } from './Button.tsx';

type Props = { readonly title: string; readonly onClose?: () => void; readonly children: ComponentChildren };

/** A dialog over everything, which holds the focus. Without `onClose` it cannot be closed from inside. */
export function Dialog({ title, onClose, children }: Props) {
  const dialog = useRef<HTMLDialogElement>(null);
  useEffect(() => dialog.current?.showModal(), []);
  return (
    <dialog
      ref={dialog}
      aria-label={title}
      onCancel={(event) => {
        event.preventDefault();
        onClose?.();
      }}
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
