// What became of each minute's records, as heights of a picture. Pure arithmetic.
import type { LedgerLine } from '../../api/ledger.ts';

/** Where a record can be, from the ground up: what is wrong lies on top. */
export const PLACES = [
  { id: 'stored', name: 'stored' },
  { id: 'dropped', name: 'dropped by rules' },
  { id: 'dead', name: 'dead letters' },
  { id: 'journal', name: 'in the journal' },
  { id: 'bucket', name: 'in the bucket' },
  { id: 'elsewhere', name: 'at other gateways' },
  { id: 'open', name: 'not known yet' },
  { id: 'missing', name: 'missing' },
] as const;

export type Place = (typeof PLACES)[number]['id'];

export type Minute = {
  /** When it began, in milliseconds since 1970. */
  readonly at: number;
  readonly received: number;
  readonly places: Readonly<Record<Place, number>>;
};

const MINUTE_MS = 60_000;

/** How many minutes are shown: an hour, with the one that has begun. */
export const MINUTES = 61;

/** Where a line's records are. Of what was counted while it was read, or while ClickHouse does not answer, that is not known. */
export function placesOf(line: LedgerLine): Readonly<Record<Place, number>> {
  const [stored, dropped, dead, journal, bucket, elsewhere, missing] = [line.stored, line.dropped, line.dead_lettered, line.in_journal, line.in_bucket, line.elsewhere, line.missing].map(Number) as [number, number, number, number, number, number, number];
  const rest = Number(line.received) - (stored + dropped + dead + journal + bucket + elsewhere + missing);
  return { stored, dropped, dead, journal, bucket, elsewhere, open: Math.max(0, rest), missing };
}

const NOTHING: Readonly<Record<Place, number>> = { stored: 0, dropped: 0, dead: 0, journal: 0, bucket: 0, elsewhere: 0, open: 0, missing: 0 };

/** The last hour's minutes, the newest last, also those in which nothing came. */
export function minutesOf(lines: readonly LedgerLine[], now: number): readonly Minute[] {
  const known = new Map(lines.map((line) => [Number(line.minute) * MINUTE_MS, line]));
  const last = Math.floor(now / MINUTE_MS) * MINUTE_MS;
  return Array.from({ length: MINUTES }, (_, n) => {
    const at = last - (MINUTES - 1 - n) * MINUTE_MS;
    const line = known.get(at);
    return line === undefined ? { at, received: 0, places: NOTHING } : { at, received: Number(line.received), places: placesOf(line) };
  });
}

/** The places that have records, and how many. */
export function sums(minutes: readonly Minute[]): readonly { readonly id: Place; readonly name: string; readonly records: number }[] {
  return PLACES.map(({ id, name }) => ({ id, name, records: minutes.reduce((all, { places }) => all + places[id], 0) })).filter(({ records }) => records > 0);
}
