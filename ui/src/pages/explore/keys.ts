import type { Key } from '../../app/keys.ts';
import { setParams } from '../../app/router.ts';
import { asJson, closeRow, facetsShown, open, openRow, search, select, selected, setTailing, source, tailing, view, wrap } from './state.ts';

/** The keys of Logs and Events. */
export const exploreKeys: readonly Key[] = [
  { key: '/', does: 'Search', group: 'Rows', run: focusSearch },
  { key: 'j', does: 'Next row', group: 'Rows', run: () => select(selected.value + 1) },
  { key: 'k', does: 'Row before', group: 'Rows', run: () => select(selected.value - 1) },
  { key: 'Enter', does: 'Details of the row', group: 'Rows', run: () => open(Math.max(selected.value, 0)) },
  { key: 'Escape', does: 'Close the details, or end the search', group: 'Rows', run: () => (openRow.value === '' ? search.cancel() : closeRow()) },
  { key: 't', does: 'Follow new rows', group: 'Rows', run: () => setTailing(!tailing.value) },
  { key: 'p', does: 'Rows or patterns', group: 'Rows', run: () => source.value.patterns && setParams({ view: view.value === 'rows' ? 'patterns' : null }) },
  { key: 'w', does: 'Wrap long lines', group: 'Rows', run: () => (wrap.value = !wrap.value) },
  { key: 'J', does: 'Rows as JSON', group: 'Rows', run: () => (asJson.value = !asJson.value) },
  { key: 'f', does: 'Show or hide the fields', group: 'Rows', run: () => (facetsShown.value = !facetsShown.value) },
];

export function focusSearch(): void {
  const field = document.getElementById('query');
  if (field instanceof HTMLInputElement) {
    field.focus();
    field.select();
  }
}
