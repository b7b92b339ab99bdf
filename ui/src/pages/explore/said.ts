// What a row says, as text on one line or several: the body of a log record, the pairs of an event.

import type { FoundRow } from '../../api/types.ts';
import type { Source } from './sources.ts';

/** More is seen in the details of the row. */
const TEXT_MAX = 2000;

/** A name and its value; without a name, text as it was sent. */
export type Said = { readonly name: string; readonly text: string };

const MESSAGES = ['message', 'msg', 'body'];

/**
 * What a row says, in pieces.
 *
 * @param without fields that have a column of their own
 */
export function saidBy(row: FoundRow, source: Source, without: readonly string[]): readonly Said[] {
  if (source.by === 'level') {
    const text = row.Body || row.EventName;
    // A record without a body says what its attributes say.
    return text ? [{ name: '', text }] : Object.entries(row.LogAttributes ?? {}).map(([name, text]) => ({ name, text }));
  }
  const map = row.labels ?? row.Properties ?? {};
  const message = MESSAGES.find((key) => map[key]);
  const hidden = new Set([...without, message]);
  for (const [column, field] of source.known) if (without.includes(field)) hidden.add(column);
  const pairs = Object.entries(map)
    // A column repeats the label that it was made of.
    .filter(([key, value]) => value !== '' && !hidden.has(key) && !(row.ServiceName === value && /^service(\.name)?$/.test(key)))
    .map(([name, text]) => ({ name, text }));
  return message === undefined ? pairs : [{ name: '', text: map[message] ?? '' }, ...pairs];
}

/** The same as one text; `wrap` keeps its lines. */
export function textOf(said: readonly Said[], wrap: boolean): string {
  const text = said.map(({ name, text }) => (name === '' ? text : `${name}=${text}`)).join('  ');
  return laidOut(text, wrap);
}

export function laidOut(text: string, wrap: boolean): string {
  return wrap ? text.replaceAll('\t', '  ') : text.replaceAll(/\s*[\r\n]+\s*/g, ' ⏎ ').slice(0, TEXT_MAX);
}
