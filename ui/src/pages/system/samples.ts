// What the counters say over time. Pure arithmetic.
import type { SystemData } from '../../api/system.ts';

/** Counters at a moment; they begin at zero when Lodge starts. */
export type Sample = {
  readonly at: number;
  readonly accepted: number;
  readonly delivered: number;
  readonly waiting: number;
};

/** Ten minutes of every five seconds. */
export const SAMPLES_MAX = 120;

const sum = (values: readonly (string | number)[]): number => values.reduce((all: number, value) => all + Number(value), 0);

export function sampleOf(data: SystemData, at: number): Sample {
  return { at, accepted: sum(data.ingest.map(({ accepted }) => accepted)), delivered: Number(data.delivered.rows), waiting: Number(data.journal.bytes) };
}

/** A sample more; all before it are forgotten when counters fell, which is a restart. */
export function added(samples: readonly Sample[], next: Sample): readonly Sample[] {
  const last = samples.at(-1);
  if (last && (next.accepted < last.accepted || next.delivered < last.delivered)) return [next];
  return [...samples, next].slice(-SAMPLES_MAX);
}

/** What a counter grew by a second, between each two samples. */
export function rates(samples: readonly Sample[], counter: 'accepted' | 'delivered'): readonly number[] {
  return samples.slice(1).map((sample, at) => {
    const before = samples[at] as Sample;
    const seconds = (sample.at - before.at) / 1000;
    return seconds > 0 ? (sample[counter] - before[counter]) / seconds : 0;
  });
}

/** How many times smaller a table is stored than it is; null for an empty one. */
export function ratio(uncompressed: string | number, stored: string | number): number | null {
  return Number(stored) > 0 ? Number(uncompressed) / Number(stored) : null;
}

/** How long ago, roughly: `now`, `12 s`, `3 min`, `5 h`, `40 d`. */
export function ageOf(ms: number): string {
  const steps = [
    [86_400_000, 'd'],
    [3_600_000, 'h'],
    [60_000, 'min'],
    [1000, 's'],
  ] as const;
  const [size, unit] = steps.find(([least]) => ms >= least * (least === 86_400_000 ? 2 : 1)) ?? [1, ''];
  return unit === '' ? 'now' : `${Math.floor(ms / size)} ${unit}`;
}
