import { stored } from '../../app/stored.ts';

/** A statement that was run. */
export type Past = { readonly sql: string; readonly at: number; readonly rows: number | null; readonly took: number | null };

const PAST_MAX = 200;

const isPast = (item: unknown): item is Past =>
  typeof item === 'object' && item !== null && 'sql' in item && typeof item.sql === 'string' && 'at' in item && typeof item.at === 'number';

/** The newest first; each statement once. */
export const history = stored<readonly Past[]>('sql.history', (json) => (Array.isArray(json) ? json.filter(isPast) : []));

export function remember(past: Past): void {
  history.value = [past, ...history.value.filter(({ sql }) => sql !== past.sql)].slice(0, PAST_MAX);
}

export function forget(sql: string): void {
  history.value = history.value.filter((past) => past.sql !== sql);
}
