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
  { path: '/logs', name: 'Logs', key: 'g l', load: () => import('../pages/logs/LogsPage.tsx') },
  { path: '/traces', name: 'Traces', key: 'g t', also: ['/trace/'], load: () => import('../pages/traces/TracesPage.tsx') },
  { path: '/sql', name: 'SQL', key: 'g s', load: () => import('../pages/sql/SqlPage.tsx') },
  { path: '/system', name: 'System', key: 'g y', load: () => import('../pages/system/SystemPage.tsx') },
];

/** The page at a path; logs at `/`, and at addresses that nobody knows. */
export function pageAt(path: string): Page {
  const found = PAGES.find((page) => page.path === path || page.also?.some((prefix) => path.startsWith(prefix)));
  return found ?? (PAGES[0] as Page);
}
