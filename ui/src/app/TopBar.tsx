import { Button } from '../parts/Button.tsx';
import { helpOpen } from './HelpOverlay.tsx';
import { Link } from './Link.tsx';
import { pageAt, PAGES } from './pages.ts';
import { refresh } from './range.ts';
import { place } from './router.ts';
import { switchTheme } from './theme.ts';
import { TimePicker } from './TimePicker.tsx';
import type { Place } from './url.ts';

export function TopBar() {
  const here = pageAt(place.value.path);
  return (
    <header class="top-bar">
      <Link to={{ path: '/logs', params: {} }} class="brand" title="Lodge">
        <svg viewBox="0 0 16 16" width="18" height="18" aria-hidden="true">
          <path d="M8 1 1 7.2V15h4V9.6h6V15h4V7.2z" />
          <path d="M6.6 11h2.8v1.4H6.6zm0 2.6h2.8V15H6.6z" />
        </svg>
        Lodge
      </Link>
      <nav aria-label="Pages">
        {PAGES.map((page) => (
          <Link key={page.path} to={pageLink(page.path)} current={page === here}>
            {page.name}
          </Link>
        ))}
      </nav>
      <div class="tools">
        <TimePicker />
        <Button icon="refresh" label="Ask again" shortcut="." onClick={refresh} />
        <span class="divider" />
        <Button icon="moon" class="theme-switch" label="Light or dark" shortcut="Alt+t" onClick={switchTheme} />
        <Button icon="question" label="Keys" shortcut="?" onClick={() => (helpOpen.value = true)} />
      </div>
    </header>
  );
}

/** Another page, over the same time. */
export function pageLink(path: string): Place {
  const { from, to } = place.value.params;
  return { path, params: { ...(from === undefined ? {} : { from }), ...(to === undefined ? {} : { to }) } };
}
