import type { ComponentChildren } from 'preact';
import { Icon, type IconName } from './Icon.tsx';

type Props = {
  readonly icon?: IconName;
  /** What it does: the tooltip, and the name of a button without text. */
  readonly label?: string;
  /** The key that does the same, shown in the tooltip. */
  readonly shortcut?: string;
  readonly pressed?: boolean | undefined;
  readonly primary?: boolean;
  readonly disabled?: boolean;
  readonly class?: string;
  readonly onClick?: (event: MouseEvent) => void;
  readonly children?: ComponentChildren;
  readonly 'aria-expanded'?: boolean;
  readonly 'aria-haspopup'?: 'dialog' | 'menu';
};

export function Button({ icon, label, shortcut, pressed, primary, class: more = '', children, ...rest }: Props) {
  const kind = `button${primary ? ' primary' : ''}${children === undefined ? ' only-icon' : ''} ${more}`;
  const title = label === undefined ? undefined : shortcut === undefined ? label : `${label}  (${shortcut})`;
  return (
    <button type="button" class={kind} title={title} aria-label={children === undefined ? label : undefined} aria-pressed={pressed} {...rest}>
      {icon && <Icon name={icon} />}
      {children !== undefined && <span>{children}</span>}
    </button>
  );
}
