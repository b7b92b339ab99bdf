// Which parts of a body a search has found.

import { tokensOf } from '../../query/tokens.ts';

/** Matches the words and phrases of a search that are not negated; null if it has none. */
export function markerOf(query: string): RegExp | null {
  const words: string[] = [];
  const tokens = tokensOf(query);
  tokens.forEach(({ kind, from, to }, at) => {
    if ((kind !== 'word' && kind !== 'phrase') || tokens[at - 1]?.kind === 'minus' || tokens[at - 1]?.kind === 'colon') return;
    const text = query.slice(from, to).replaceAll(/^"|"$/g, '').replaceAll(/\\(.)/g, '$1');
    for (const piece of kind === 'word' ? text.split('*') : [text]) if (piece.length > 1) words.push(piece);
  });
  if (words.length === 0) return null;
  return new RegExp(words.map((word) => word.replaceAll(/[.*+?^${}()|[\]\\]/g, '\\$&')).join('|'), 'gi');
}

export type Piece = { readonly text: string; readonly marked: boolean };

export function piecesOf(text: string, marker: RegExp | null): readonly Piece[] {
  if (marker === null) return [{ text, marked: false }];
  const pieces: Piece[] = [];
  let at = 0;
  for (const match of text.matchAll(marker)) {
    if (match.index > at) pieces.push({ text: text.slice(at, match.index), marked: false });
    pieces.push({ text: match[0], marked: true });
    at = match.index + match[0].length;
  }
  if (at < text.length) pieces.push({ text: text.slice(at), marked: false });
  return pieces;
}
