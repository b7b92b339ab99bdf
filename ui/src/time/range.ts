// Times as the API takes them: `now`, `now-1h`, RFC 3339, milliseconds since 1970; and as people type them.

export type Range = { readonly from: string; readonly to: string };

const SECOND = 1000;
const UNITS: Readonly<Record<string, number>> = {
  s: SECOND,
  m: 60 * SECOND,
  h: 3600 * SECOND,
  d: 86400 * SECOND,
  w: 7 * 86400 * SECOND,
};

const RELATIVE = /^now(?:\s*-\s*(\d+)\s*([smhdw]))?$/i;

/** Milliseconds since 1970; null if the text is no time. */
export function resolveTime(text: string, now: number): number | null {
  const relative = RELATIVE.exec(text.trim());
  if (relative) {
    const [, count, unit] = relative;
    return count === undefined || unit === undefined ? now : now - Number(count) * (UNITS[unit.toLowerCase()] ?? 0);
  }
  if (/^\d{12,14}$/.test(text.trim())) return Number(text.trim());
  const absolute = /^\d{4}-\d{2}-\d{2}/.test(text.trim()) ? Date.parse(text.trim().replace(' ', 'T')) : NaN;
  return Number.isNaN(absolute) ? null : absolute;
}

export const isRelative = (range: Range): boolean => /^now/i.test(range.to) || /^now/i.test(range.from);

/** The range's ends now; null if one of them is no time, or the end is before the start. */
export function resolveRange(range: Range, now: number): { readonly from: number; readonly to: number } | null {
  const from = resolveTime(range.from, now);
  const to = resolveTime(range.to, now);
  return from === null || to === null || from >= to ? null : { from, to };
}

/** Both ends as RFC 3339 with milliseconds: what a link to exactly this holds. */
export function absolute(from: number, to: number): Range {
  return { from: new Date(from).toISOString(), to: new Date(Math.max(to, from + 1)).toISOString() };
}

/** The range moved by half of its width: to earlier with -1, to later with 1. */
export function shifted(range: Range, direction: -1 | 1, now: number): Range {
  const ends = resolveRange(range, now);
  if (ends === null) return range;
  const by = (direction * (ends.to - ends.from)) / 2;
  return absolute(Math.round(ends.from + by), Math.round(ends.to + by));
}

/** The range around its middle, so many times as wide. */
export function scaled(range: Range, times: number, now: number): Range {
  const ends = resolveRange(range, now);
  if (ends === null) return range;
  const middle = (ends.from + ends.to) / 2;
  const half = Math.max(((ends.to - ends.from) / 2) * times, 0.5);
  return absolute(Math.round(middle - half), Math.round(middle + half));
}

/** What people type for a range: `15m`, `last 2 days`, `today`, `19:15`, `14:00 to 15:00`, `A to B`; null if it is none. */
export function rangeTyped(typed: string, now: number): Range | null {
  const text = typed.trim().toLowerCase();
  const last = /^(?:last\s+)?(\d+)\s*(s|m|h|d|w|sec|min|hour|day|week)[a-z]*$/.exec(text);
  if (last) return { from: `now-${last[1]}${(last[2] ?? 'm').charAt(0)}`, to: 'now' };
  if (text === 'today') return { from: new Date(startOfDay(now)).toISOString(), to: 'now' };
  if (text === 'yesterday') return absolute(startOfDay(startOfDay(now) - 1), startOfDay(now));
  const [from, to] = typed.trim().split(/\s+(?:to|–|—|\.\.)\s+|\s+-\s+|\.\.|\s*–\s*/);
  if (from === undefined) return null;
  const range = { from: canonical(from, now), to: to === undefined ? 'now' : canonical(to, now) };
  return resolveRange(range, now) === null ? null : range;
}

const CLOCK = /^([01]?\d|2[0-3]):([0-5]\d)(?::([0-5]\d))?$/;

/** A time as the API takes it: local times become RFC 3339, times of day are today's. */
function canonical(text: string, now: number): string {
  const clock = CLOCK.exec(text.trim());
  if (clock) return new Date(new Date(now).setHours(Number(clock[1]), Number(clock[2]), Number(clock[3] ?? 0), 0)).toISOString();
  if (RELATIVE.test(text.trim())) return text.replaceAll(/\s/g, '').toLowerCase();
  const time = resolveTime(text, 0);
  return time === null ? text : new Date(time).toISOString();
}

function startOfDay(time: number): number {
  const day = new Date(time);
  day.setHours(0, 0, 0, 0);
  return day.getTime();
}

const WORDS: Readonly<Record<string, string>> = { s: 'second', m: 'minute', h: 'hour', d: 'day', w: 'week' };

/** `Last 15 minutes` for a range that ends now and began a round while ago; null for any other. */
export function relativeWords(range: Range): string | null {
  const relative = RELATIVE.exec(range.from.trim());
  const [, count, unit] = relative ?? [];
  if (range.to.trim().toLowerCase() !== 'now' || count === undefined || unit === undefined) return null;
  const word = WORDS[unit.toLowerCase()] ?? '';
  return `Last ${count === '1' ? word : `${count} ${word}s`}`;
}
