// What the histogram, the rows and the field beside it are coloured by: the same value is the same colour in all.

import { computed } from '@preact/signals';
import type { FoundRow } from '../../api/types.ts';
import { hue } from '../../parts/hues.ts';
import { areLevels, levelOf } from '../../parts/levels.ts';
import { rowLevel, valueOf } from './fields.ts';
import { by, histogram, source } from './state.ts';

/** The API's word for values that are not among the most frequent; for rows without a value it is empty. */
export const OTHER = 'other';

/** Whether the colours are those of levels. */
export const byLevel = computed(() => by.value === 'level' || areLevels(histogram.state.value.answer?.data.groups ?? []));

export function groupColour(group: string, level: boolean): string {
  if (level) return `var(--${levelOf(undefined, group)})`;
  return group === OTHER || group === '' ? 'var(--none)' : hue(group);
}

/** The colour of the group that a row is counted in. */
export function rowColour(row: FoundRow): string {
  if (by.value === 'level' && source.value.by === 'level') return groupColour(rowLevel(row), true);
  return groupColour(valueOf(row, by.value, source.value) ?? '', byLevel.value);
}

/** As people read a group. */
export const groupWords = (group: string): string => (group === '' ? '(none)' : group);
