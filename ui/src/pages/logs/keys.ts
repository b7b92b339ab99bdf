import type { Key } from '../../app/keys.ts';
import { setParams } from '../../app/router.ts';
import { asJson, closeRow, facetsShown, open, openRow, select, selected, setTailing, tailing, view, wrap } from './state.ts';

/** The keys of the Logs page. */
export const logKeys: readonly Key[] = [
  { key: '/', does: 'Search', group: 'Logs', run: focusSearch },
  { key: 'j', does: 'Next row', group: 'Logs', run: () => select(selected.value + 1) },
  { key: 'k', does: 'Row before', group: 'Logs', run: () => select(selected.value - 1) },
  { key: 'Enter', does: 'Details of the row', group: 'Logs', run: () => open(Math.max(selected.value, 0)) },
  { key: 'Escape', does: 'Close the details', group: 'Logs', run: () => openRow.value !== '' && closeRow() },
  { key: 't', does: 'Follow new rows', group: 'Logs', run: () => setTailing(!tailing.value) },
  { key: 'p', does: 'Rows or patterns', group: 'Logs', run: () => setParams({ view: view.value === 'rows' ? 'patterns' : null }) },
  { key: 'w', does: 'Wrap long lines', group: 'Logs', run: () => (wrap.value = !wrap.value) },
  { key: 'J', does: 'Rows as JSON', group: 'Logs', run: () => (asJson.value = !asJson.value) },
  { key: 'f', does: 'Show or hide the fields', group: 'Logs', run: () => (facetsShown.value = !facetsShown.value) },
];

export function focusSearch(): void {
  const field = document.getElementById('query');
  if (field instanceof HTMLInputElement) {
    field.focus();
    field.select();
  }
}
