import { computed, signal } from '@preact/signals';
import { absolute, type Range, scaled, shifted } from '../time/range.ts';
import { place, setParams } from './router.ts';

export const RANGE_USUAL: Range = { from: 'now-1h', to: 'now' };

const from = computed(() => place.value.params['from'] ?? RANGE_USUAL.from);
const to = computed(() => place.value.params['to'] ?? RANGE_USUAL.to);

/** The time range of every page, as the URL has it. The same object while neither end changes: questions follow it. */
export const range = computed<Range>(() => ({ from: from.value, to: to.value }));

export function setRange(next: Range): void {
  const usual = next.from === RANGE_USUAL.from && next.to === RANGE_USUAL.to;
  setParams({ from: usual ? null : next.from, to: usual || next.to === 'now' ? null : next.to });
}

export const setRangeMillis = (from: number, to: number): void => setRange(absolute(Math.floor(from), Math.ceil(to)));

export const shiftRange = (direction: -1 | 1): void => setRange(shifted(range.value, direction, Date.now()));

export const scaleRange = (times: number): void => setRange(scaled(range.value, times, Date.now()));

/** Goes up when the user wants everything asked anew. */
export const refreshes = signal(0);

export const refresh = (): void => {
  refreshes.value++;
};
