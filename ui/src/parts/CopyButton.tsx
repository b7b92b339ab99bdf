import { useEffect, useState } from 'preact/hooks';
import { Button } from './Button.tsx';
import type { IconName } from './Icon.tsx';

type Props = {
  readonly text: string | (() => string);
  readonly label: string;
  readonly icon?: IconName;
  /** Text on the button; without it the icon stands alone. */
  readonly children?: string;
};

/** Copies a text and says for a moment that it did. */
export function CopyButton({ text, label, icon = 'copy', children }: Props) {
  const [copied, setCopied] = useState(false);
  useEffect(() => {
    if (!copied) return;
    const timer = setTimeout(() => setCopied(false), 1200);
    return () => clearTimeout(timer);
  }, [copied]);
  return (
    <Button
      icon={copied ? 'check' : icon}
      label={copied ? 'Copied' : label}
      class={copied ? 'done' : ''}
      onClick={() => void copyText(typeof text === 'string' ? text : text()).then(setCopied)}
    >
      {children}
    </Button>
  );
}

/** Whether it worked. Browsers have the clipboard's interface on loopback and over TLS only. */
export async function copyText(text: string): Promise<boolean> {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    const field = document.createElement('textarea');
    field.value = text;
    field.className = 'off-screen';
    document.body.append(field);
    field.select();
    const copied = document.execCommand('copy');
    field.remove();
    return copied;
  }
}
