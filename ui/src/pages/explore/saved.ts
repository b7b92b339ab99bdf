import { stored, textList } from '../../app/stored.ts';

export type SavedSearch = { readonly name: string; readonly q: string; readonly cols: string };

const HISTORY_MAX = 50;

const readSaved = (json: unknown): readonly SavedSearch[] =>
  Array.isArray(json)
    ? json.filter((item): item is SavedSearch => ['name', 'q', 'cols'].every((key) => typeof item?.[key] === 'string'))
    : [];

export const savedSearches = stored<readonly SavedSearch[]>('logs.saved', readSaved);

/** Searches of before, the newest first. */
export const history = stored<readonly string[]>('logs.history', textList);

export function remember(query: string): void {
  if (query === '' || history.value[0] === query) return;
  history.value = [query, ...history.value.filter((other) => other !== query)].slice(0, HISTORY_MAX);
}

export function save(search: SavedSearch): void {
  savedSearches.value = [...savedSearches.value.filter((other) => other.name !== search.name), search].sort((a, b) => a.name.localeCompare(b.name));
}

export function forget(name: string): void {
  savedSearches.value = savedSearches.value.filter((other) => other.name !== name);
}
