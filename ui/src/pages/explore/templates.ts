// Templates of patterns: literal text with placeholders such as `<num>`.

import { quoteValue } from '../../query/terms.ts';

export type TemplatePiece = { readonly text: string; readonly variable: boolean };

export function templatePieces(template: string): readonly TemplatePiece[] {
  return template
    .split(/(<[a-z_*][a-z0-9_-]*>)/)
    .map((text, at) => ({ text, variable: at % 2 === 1 }))
    .filter((piece) => piece.text !== '');
}

const PHRASES_MAX = 5;

/** A search that finds rows of a template: its longest literal parts, of whole words, as phrases. */
export function searchOf(template: string): string {
  return templatePieces(template)
    .filter((piece) => !piece.variable)
    // What touches a placeholder may be half a word.
    .map((piece) => piece.text.replaceAll(/^[^\s]*[\p{L}\p{N}]$/gu, '').trim())
    .filter((text) => /[\p{L}\p{N}]{2}/u.test(text))
    .sort((a, b) => b.length - a.length)
    .slice(0, PHRASES_MAX)
    .map((text) => (/^[\p{L}\p{N}]+$/u.test(text) ? quoteValue(text) : `"${text.replaceAll(/["\\]/g, '\\$&')}"`))
    .join(' ');
}
