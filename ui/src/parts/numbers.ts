import { trimmed } from '../time/write.ts';

/** `12,345`, also of 64-bit numbers in text. */
export function grouped(count: string | number): string {
  return String(count).replaceAll(/\B(?=(\d{3})+(?!\d))/g, ',');
}

/** `1 row`, `12,345 rows` */
export function counted(count: string | number, one: string): string {
  return `${grouped(count)} ${one}${Number(count) === 1 ? '' : 's'}`;
}

const SHORT = ['', 'k', 'M', 'G', 'T'];

/** `950`, `12.3k`, `4.1M` */
export function short(count: string | number): string {
  return scaledBy(Number(count), 1000, SHORT, '');
}

const BYTES = ['B', 'kB', 'MB', 'GB', 'TB', 'PB'];

/** `512 B`, `1.3 MB` */
export function bytes(count: string | number): string {
  return scaledBy(Number(count), 1000, BYTES, ' ');
}

function scaledBy(count: number, base: number, units: readonly string[], space: string): string {
  let value = count;
  let unit = 0;
  while (value >= base && unit < units.length - 1) {
    value /= base;
    unit++;
  }
  return `${unit === 0 ? value : trimmed(value)}${space}${units[unit] ?? ''}`;
}
