import type { ComponentType } from 'preact';

/** A page of the top bar. Its code is loaded when it is first opened. */
export type Page = {
  readonly path: string;
  readonly name: string;
  /** Goes there. */
  readonly key: string;
  /** Further paths that belong to it, as prefixes. */
  readonly also?: readonly string[];
  readonly load: () => Promise<{ readonly default: ComponentType }>;
};

/** The server answers these paths with the UI: the same list is in io.lodge.api.UiFiles. */
export const PAGES: readonly Page[] = [
  { path: '/logs', name: 'Logs', key: 'g l', load: () => import('../pages/explore/LogsPage.tsx') },
  { path: '/events', name: 'Events', key: 'g e', load: () => import('../pages/explore/EventsPage.tsx') },
  { path: '/traces', name: 'Traces', key: 'g t', also: ['/trace/'], load: () => import('../pages/traces/TracesPage.tsx') },
  { path: '/sql', name: 'SQL', key: 'g s', load: () => import('../pages/sql/SqlPage.tsx') },
  { path: '/system', name: 'System', key: 'g y', load: () => import('../pages/system/SystemPage.tsx') },
];

/** Addresses that nobody knows. */
const UNKNOWN: Page = { path: '', name: 'Not found', key: '', load: () => import('../pages/unknown/UnknownPage.tsx') };

/** The page at a path; logs at `/`. */
export function pageAt(path: string): Page {
  if (path === '/') return PAGES[0] as Page;
  return PAGES.find((page) => page.path === path || page.also?.some((prefix) => path.startsWith(prefix))) ?? UNKNOWN;
}
