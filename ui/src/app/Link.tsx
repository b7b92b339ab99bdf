import type { ComponentChildren } from 'preact';
import { go } from './router.ts';
import { linkTo, type Place } from './url.ts';

type Props = {
  readonly to: Place;
  readonly class?: string;
  readonly title?: string;
  readonly current?: boolean;
  /** -1 for links of rows, which go by arrows and Enter. */
  readonly tabIndex?: number;
  readonly children: ComponentChildren;
};

/** A link inside the UI: a real one, so it can be opened in a tab of its own. */
export function Link({ to, current, children, ...rest }: Props) {
  return (
    <a
      {...rest}
      href={linkTo(to)}
      aria-current={current ? 'page' : undefined}
      onClick={(event) => {
        if (event.button !== 0 || event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) return;
        event.preventDefault();
        go(to);
      }}
    >
      {children}
    </a>
  );
}
