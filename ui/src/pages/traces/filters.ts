import { computed } from '@preact/signals';
import type { Params } from '../../api/http.ts';
import { range } from '../../app/range.ts';
import { param, setParams } from '../../app/router.ts';
import { absolute } from '../../time/range.ts';
import { durationParam } from '../../time/duration.ts';
import type { Selected } from './heat.ts';

export type View = 'list' | 'map' | 'services';

/** Which of its views the page shows. */
export const view = computed<View>(() => {
  const wanted = param('view');
  return wanted === 'map' || wanted === 'services' ? wanted : 'list';
});

export const showView = (next: View): void => setParams({ view: next === 'list' ? null : next, focus: null });

/** What traces are searched by, as the API takes it. */
export const searched = computed<Params>(() => ({
  q: param('q'),
  from: range.value.from,
  to: range.value.to,
  service: param('service'),
  operation: param('operation'),
  min_duration: param('min'),
  max_duration: param('max'),
  status: param('status'),
}));

export const isFiltered = (): boolean => ['q', 'service', 'operation', 'min', 'max', 'status'].some((name) => param(name) !== '');

export const clearFilters = (): void => setParams({ q: null, service: null, operation: null, min: null, max: null, status: null });

/** What a brush over the heatmap selects becomes the time range and the duration. */
export function narrowTo({ from, to, shortest, longest }: Selected): void {
  const times = absolute(Math.floor(from), Math.ceil(to));
  setParams({ from: times.from, to: times.to, min: durationParam(shortest), max: durationParam(longest) });
}
