// Times to text. Written by hand: tables ask for thousands a second, and Intl is slow.

const two = (n: number): string => (n < 10 ? `0${n}` : String(n));

/** The zone's clock, as a date whose UTC fields are its fields. */
function clock(ms: number, utc: boolean): Date {
  return utc ? new Date(ms) : new Date(ms - new Date(ms).getTimezoneOffset() * 60_000);
}

/** Milliseconds of nanoseconds in decimal. */
export const millisOf = (nanos: string): number => Number(nanos.slice(0, -6) || '0');

/** `2026-11-21` */
export function writeDate(ms: number, utc: boolean): string {
  const at = clock(ms, utc);
  return `${at.getUTCFullYear()}-${two(at.getUTCMonth() + 1)}-${two(at.getUTCDate())}`;
}

/** `17:05:09` */
export function writeTime(ms: number, utc: boolean): string {
  const at = clock(ms, utc);
  return `${two(at.getUTCHours())}:${two(at.getUTCMinutes())}:${two(at.getUTCSeconds())}`;
}

/** `2026-11-21 17:05:09.123` and, from nanoseconds, all nine digits. */
export function writeNanos(nanos: string, utc: boolean, digits: 3 | 9): string {
  const ms = millisOf(nanos);
  const fraction = nanos.padStart(9, '0').slice(-9).slice(0, digits);
  return `${writeDate(ms, utc)} ${writeTime(ms, utc)}.${fraction}`;
}

const MONTHS = 'Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec'.split(' ');

/** The shortest text that tells ticks of this distance apart: `17:05:09`, `17:05`, `21 Nov`. */
export function writeTick(ms: number, stepMs: number, utc: boolean): string {
  const at = clock(ms, utc);
  const time = writeTime(ms, utc);
  if (stepMs < 1000) return `${time}.${String(at.getUTCMilliseconds()).padStart(3, '0')}`;
  if (stepMs < 60_000) return time;
  const midnight = at.getUTCHours() === 0 && at.getUTCMinutes() === 0;
  if (stepMs >= 86_400_000 || midnight) return `${at.getUTCDate()} ${MONTHS[at.getUTCMonth()] ?? ''}`;
  return time.slice(0, 5);
}

/** `12 Nov, 17:05:09 – 18:05:09`, with the second date only where it differs. */
export function writeSpan(from: number, to: number, utc: boolean): string {
  const day = (ms: number): string => {
    const at = clock(ms, utc);
    return `${at.getUTCDate()} ${MONTHS[at.getUTCMonth()] ?? ''}`;
  };
  const end = day(from) === day(to) ? writeTime(to, utc) : `${day(to)}, ${writeTime(to, utc)}`;
  return `${day(from)}, ${writeTime(from, utc)} – ${end}`;
}

/** `480 ms`, `3.2 s`, `2 min`, `1.5 h`, `3 d` */
export function writeMillis(ms: number): string {
  if (ms < 1000) return `${Math.round(ms)} ms`;
  if (ms < 60_000) return `${trimmed(ms / 1000)} s`;
  if (ms < 3_600_000) return `${trimmed(ms / 60_000)} min`;
  if (ms < 86_400_000) return `${trimmed(ms / 3_600_000)} h`;
  return `${trimmed(ms / 86_400_000)} d`;
}

export const trimmed = (n: number): string => (n >= 100 ? Math.round(n).toString() : n.toFixed(1).replace(/\.0$/, ''));
