// Durations in nanoseconds ↔ text, and round ones for axes.

const UNITS: readonly (readonly [name: string, nanos: number])[] = [
  ['d', 86_400e9],
  ['h', 3_600e9],
  ['min', 60e9],
  ['s', 1e9],
  ['ms', 1e6],
  ['µs', 1e3],
  ['ns', 1],
];

/** Three digits and a unit: `340 µs`, `1.25 s`, `12.4 min`; of 64-bit numbers in text too. */
export function writeDuration(nanos: number | string): string {
  const value = Number(nanos);
  if (!Number.isFinite(value)) return '–';
  if (value === 0) return '0';
  const [name, size] = UNITS.find(([, unit]) => Math.abs(value) >= unit * 0.9995) ?? ['ns', 1];
  return `${threeDigits(value / size)} ${name}`;
}

function threeDigits(n: number): string {
  const digits = Math.abs(n) >= 99.95 ? 0 : Math.abs(n) >= 9.995 ? 1 : 2;
  const text = n.toFixed(digits);
  return digits === 0 ? text : text.replace(/\.?0+$/, '');
}

/** With as many digits as tell ticks of this distance apart. */
export function writeTickDuration(nanos: number, stepNanos: number): string {
  if (nanos === 0) return '0';
  const [name, size] = UNITS.find(([, unit]) => stepNanos >= unit * 0.0999 && Math.abs(nanos) >= unit) ?? ['ns', 1];
  const digits = Math.max(0, Math.ceil(-Math.log10(stepNanos / size) - 1e-9));
  return `${(nanos / size).toFixed(Math.min(digits, 6)).replace(/(\.\d*?)0+$/, '$1').replace(/\.$/, '')} ${name}`;
}

const TYPED: Readonly<Record<string, number>> = { ns: 1, us: 1e3, µs: 1e3, ms: 1e6, s: 1e9, m: 60e9, min: 60e9, h: 3_600e9, d: 86_400e9 };

/** What people type for a duration: `250ms`, `1.5 s`; plain numbers are milliseconds. Null if it is none. */
export function durationTyped(text: string): number | null {
  const typed = /^(\d+(?:\.\d+)?)\s*([a-zµ]*)$/i.exec(text.trim());
  if (!typed) return null;
  const unit = TYPED[typed[2]?.toLowerCase() || 'ms'];
  return unit === undefined ? null : Number(typed[1]) * unit;
}

/** The same duration as the API and the search language take it: `250ms`, never more than three decimals. */
export function durationParam(nanos: number): string {
  for (const [name, size] of UNITS.slice(3)) {
    if (nanos >= size && Number.isInteger(Math.round((nanos / size) * 1e6) / 1e3)) {
      return `${trimZeros((nanos / size).toFixed(3))}${name.replace('µ', 'u')}`;
    }
  }
  return `${Math.round(nanos)}ns`;
}

const trimZeros = (text: string): string => text.replace(/\.?0+$/, '');
