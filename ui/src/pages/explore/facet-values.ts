import type { Facet } from '../../api/types.ts';
import { termsOf } from '../../query/terms.ts';

export type ShownValue = { readonly value: string; readonly count: string | null };

/** The values of a facet, and those that the search names though others are more frequent: they must be there to be taken back. */
export function withChosen(facet: Facet, query: string): readonly ShownValue[] {
  const shown = new Set(facet.values.map(({ value }) => value));
  const chosen = termsOf(query)
    .filter(({ field }) => field === facet.field)
    .flatMap(({ values }) => values)
    .filter((value) => !shown.has(value));
  return [...facet.values, ...new Set(chosen)].map((one) => (typeof one === 'string' ? { value: one, count: null } : one));
}
