import { type Token, tokensOf } from './tokens.ts';

/** What could be completed at the caret: the text from `from` to `to` would be replaced. */
export type Completing =
  | { readonly what: 'field'; readonly prefix: string; readonly from: number; readonly to: number }
  | { readonly what: 'value'; readonly field: string; readonly prefix: string; readonly from: number; readonly to: number };

/** Null where nothing can be offered: inside a phrase, a regular expression, a number. */
export function completingAt(query: string, caret: number): Completing | null {
  const tokens = tokensOf(query);
  const at = tokens.findIndex((token) => token.from < caret && caret <= token.to);
  const token = tokens[at];
  if (token === undefined || token.kind === 'space' || token.kind === 'minus') {
    return inList(query, tokens, at + 1, caret) ?? { what: 'field', prefix: '', from: caret, to: caret };
  }
  if (token.kind === 'paren') return query[token.from] === '(' ? (inList(query, tokens, at + 1, caret) ?? { what: 'field', prefix: '', from: caret, to: caret }) : null;
  const prefix = query.slice(token.from, caret);
  if (token.kind === 'word' || token.kind === 'field') {
    return { what: 'field', prefix: prefix.replace(/^"/, ''), from: token.from, to: token.kind === 'field' ? token.to + 1 : token.to };
  }
  if (token.kind === 'colon') return { what: 'value', field: fieldBefore(query, tokens, at), prefix: '', from: caret, to: caret };
  if (token.kind !== 'value' && !(token.kind === 'phrase' && tokens[at - 1]?.kind === 'colon')) return null;
  const range = { from: token.from, to: token.to };
  const list = inList(query, tokens, at, caret);
  if (list) return { ...list, ...range, prefix: prefix.replace(/^"/, '') };
  return { what: 'value', field: fieldBefore(query, tokens, at - 1), prefix: prefix.replace(/^"/, ''), ...range };
}

/** The field whose list of values the token before `end` is in; null if there is none. */
function inList(query: string, tokens: readonly Token[], end: number, caret: number): Completing & { what: 'value' } | null {
  let depth = 0;
  for (let at = end - 1; at >= 0; at--) {
    const token = tokens[at] as Token;
    if (token.kind !== 'paren' || token.from >= caret) continue;
    const c = query[token.from];
    if (c === ')') depth++;
    if (c === '(' && depth-- === 0) {
      if (tokens[at - 1]?.kind !== 'colon') return null;
      return { what: 'value', field: fieldBefore(query, tokens, at - 1), prefix: '', from: caret, to: caret };
    }
  }
  return null;
}

function fieldBefore(query: string, tokens: readonly Token[], colon: number): string {
  const token = tokens[colon - 1];
  if (token === undefined) return '';
  return query.slice(token.from, token.to).replaceAll(/^"|"$/g, '');
}
