// Round values for axes. Pure arithmetic.

/** Round numbers (1, 2, 5 times a power of ten) from `low` to `high`, about as many as wanted. */
export function roundTicks(low: number, high: number, wanted: number): readonly number[] {
  if (!(high > low) || wanted < 1) return [];
  const step = roundStep((high - low) / wanted);
  const ticks: number[] = [];
  for (let at = Math.ceil(low / step - 1e-9); at * step <= high * (1 + 1e-12) + step * 1e-9; at++) ticks.push(clean(at * step, step));
  return ticks;
}

/** The next of 1, 2, 5, 10, 20, … that is not below. */
export function roundStep(atLeast: number): number {
  const power = 10 ** Math.floor(Math.log10(atLeast) + 1e-12);
  const times = [1, 2, 5, 10].find((factor) => factor * power >= atLeast * (1 - 1e-9)) ?? 10;
  return times * power;
}

/** Takes the noise of binary fractions away: 0.30000000000000004 is 0.3. */
function clean(value: number, step: number): number {
  const digits = Math.max(0, Math.ceil(-Math.log10(step)) + 1);
  return digits > 15 ? value : Number(value.toFixed(Math.min(digits, 20)));
}

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;
const TIME_STEPS = [
  ...[1, 2, 5, 10, 20, 50, 100, 200, 500],
  ...[1, 2, 5, 10, 15, 30].map((n) => n * 1000),
  ...[1, 2, 5, 10, 15, 30].map((n) => n * MINUTE),
  ...[1, 2, 3, 6, 12].map((n) => n * HOUR),
  ...[1, 2, 7, 14, 30, 90, 180, 365].map((n) => n * DAY),
];

export type TimeTicks = { readonly step: number; readonly ticks: readonly number[] };

/**
 * Times on a clock's round minutes, hours and days, at most as many as wanted.
 *
 * @param offset milliseconds that the clock is ahead of UTC: days begin at its midnight
 */
export function timeTicks(from: number, to: number, wanted: number, offset = 0): TimeTicks {
  const step = TIME_STEPS.find((candidate) => (to - from) / candidate <= wanted) ?? 365 * DAY;
  const ticks: number[] = [];
  if (!(to > from)) return { step, ticks };
  for (let at = Math.ceil((from + offset) / step) * step - offset; at <= to; at += step) ticks.push(at);
  return { step, ticks };
}
