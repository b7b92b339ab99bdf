// What a click on a field's value makes of the search.

import { excluding, including, joined, stateOf, without } from '../../query/terms.ts';

/** Rows that say nothing of their level are shown as `none`; a search finds them by what they lack. */
const isNoLevel = (field: string, value: string): boolean => field === 'level' && value === 'none';

const WITHOUT_LEVEL = /(^|\s)-level:\*(?=\s|$)/;
const WITH_LEVEL = /(^|\s)level:\*(?=\s|$)/;

export function facetState(query: string, field: string, value: string): 'in' | 'out' | null {
  if (!isNoLevel(field, value)) return stateOf(query, field, value);
  return WITHOUT_LEVEL.test(query) ? 'in' : WITH_LEVEL.test(query) ? 'out' : null;
}

/** Only rows with the value; or, with `exclude`, only those without. A value that the search names already is taken out of it. */
export function facetClicked(query: string, field: string, value: string, exclude: boolean): string {
  const state = facetState(query, field, value);
  const wanted = exclude ? 'out' : 'in';
  if (isNoLevel(field, value)) {
    const rest = query.replace(WITHOUT_LEVEL, '').replace(WITH_LEVEL, '').trim();
    return state === null ? joined(rest, exclude ? 'level:*' : '-level:*') : rest;
  }
  if (state === null) return wanted === 'in' ? including(query, field, value) : excluding(query, field, value);
  return without(query, field, value);
}
