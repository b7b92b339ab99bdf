// Changing a search by clicks: terms `field:value` are added, taken away, turned around. What else was typed stays.

import { type Token, tokensOf } from './tokens.ts';

/** A `field:value` at the top of a search, where each term narrows it. */
export type Term = {
  readonly from: number;
  readonly to: number;
  readonly field: string;
  readonly negated: boolean;
  /** One, or those of a list; only plain ones, neither patterns nor ranges. */
  readonly values: readonly string[];
};

export function termsOf(query: string): readonly Term[] {
  const tokens = tokensOf(query);
  if (hasTopLevelOr(query, tokens)) return [];
  const terms: Term[] = [];
  let depth = 0;
  for (let at = 0; at < tokens.length; at++) {
    const token = tokens[at] as Token;
    if (token.kind === 'paren') depth += query[token.from] === '(' ? 1 : query[token.from] === ')' ? -1 : 0;
    if (depth > 0 || token.kind !== 'field') continue;
    const found = termAt(query, tokens, at);
    if (found) terms.push(found);
  }
  return terms;
}

function termAt(query: string, tokens: readonly Token[], at: number): Term | null {
  const name = tokens[at] as Token;
  const before = tokens[at - 1];
  const negated = before?.kind === 'minus' || (before?.kind === 'space' && isNot(query, tokens[at - 2]));
  const first = tokens[at + 2];
  if (first === undefined) return null;
  const isList = first.kind === 'paren' && query[first.from] === '(';
  const values: string[] = [];
  let last = first;
  for (let next = at + (isList ? 3 : 2); next < tokens.length; next++) {
    last = tokens[next] as Token;
    if (last.kind === 'paren') break;
    const text = query.slice(last.from, last.to);
    if (last.kind === 'phrase') values.push(unquoted(text));
    else if (last.kind === 'value' || last.kind === 'number') {
      if (/(^|[^\\])\*/.test(text)) return null;
      values.push(text.replaceAll(/\\(.)/g, '$1'));
    } else if (last.kind !== 'space' && last.kind !== 'keyword') return null;
    if (!isList) break;
  }
  if (values.length === 0) return null;
  const start = negated ? (before?.kind === 'minus' ? before : (tokens[at - 2] as Token)) : name;
  const field = query.slice(name.from, name.to);
  return { from: start.from, to: last.to, field: field.startsWith('"') ? unquoted(field) : field, negated, values };
}

const isNot = (query: string, token: Token | undefined): boolean =>
  token?.kind === 'keyword' && query.slice(token.from, token.to) === 'NOT';

function hasTopLevelOr(query: string, tokens: readonly Token[]): boolean {
  let depth = 0;
  for (const token of tokens) {
    if (token.kind === 'paren') depth += query[token.from] === '(' ? 1 : query[token.from] === ')' ? -1 : 0;
    if (token.kind === 'keyword' && depth === 0 && query.slice(token.from, token.to) === 'OR') return true;
  }
  return false;
}

/** Whether the search asks for the value, refuses it, or says nothing of it. */
export function stateOf(query: string, field: string, value: string): 'in' | 'out' | null {
  const term = termsOf(query).find((other) => other.field === field && other.values.includes(value));
  return term === undefined ? null : term.negated ? 'out' : 'in';
}

/** The search with only rows that have the value; beside others of the field that it asks for already. */
export function including(query: string, field: string, value: string): string {
  const rest = stateOf(query, field, value) === 'out' ? without(query, field, value) : query;
  const same = termsOf(rest).find((term) => term.field === field && !term.negated);
  if (same === undefined) return joined(rest, written(field, [value], false));
  if (same.values.includes(value)) return rest;
  return replaced(rest, same, written(field, [...same.values, value], false));
}

/** The search without rows that have the value. */
export function excluding(query: string, field: string, value: string): string {
  if (stateOf(query, field, value) === 'out') return query;
  return joined(without(query, field, value), written(field, [value], true));
}

/** The search saying nothing of the value. */
export function without(query: string, field: string, value: string): string {
  const term = termsOf(query).find((other) => other.field === field && other.values.includes(value));
  if (term === undefined) return query;
  const left = term.values.filter((other) => other !== value);
  return replaced(query, term, left.length === 0 ? '' : written(field, left, term.negated));
}

/** The search with one more condition, of which all must hold. */
export function joined(query: string, more: string): string {
  const trimmed = query.trim();
  if (trimmed === '') return more;
  const whole = hasTopLevelOr(trimmed, tokensOf(trimmed)) ? `(${trimmed})` : trimmed;
  return `${whole} ${more}`;
}

function replaced(query: string, term: Term, by: string): string {
  const before = query.slice(0, term.from);
  const after = query.slice(term.to);
  return by === '' ? `${before.trimEnd()} ${after.trimStart()}`.trim() : before + by + after;
}

function written(field: string, values: readonly string[], negated: boolean): string {
  const all = values.map(quoteValue);
  return `${negated ? '-' : ''}${quoteField(field)}:${all.length === 1 ? all[0] : `(${all.join(' ')})`}`;
}

/** A value as it must be typed to be meant literally. */
export function quoteValue(value: string): string {
  const plain = /^[\p{L}\p{N}_][\p{L}\p{N}_.:/@+=-]*$/u.test(value) && !/^(AND|OR|NOT|TO)$/.test(value);
  return plain ? value : `"${value.replaceAll(/["\\]/g, '\\$&')}"`;
}

export const quoteField = (name: string): string =>
  /^[\p{L}_@$][\p{L}\p{N}_@$./-]*$/u.test(name) ? name : `"${name.replaceAll(/["\\]/g, '\\$&')}"`;

function unquoted(text: string): string {
  return text.replace(/^"/, '').replace(/"$/, '').replaceAll(/\\(.)/g, '$1');
}
