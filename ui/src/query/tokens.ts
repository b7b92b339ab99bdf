// The search language (docs/search.md) for colours, completion and clicks. The server's parser decides what a search
// means; this one never fails, because what is being typed is seldom whole.

export type TokenKind =
  | 'space'
  | 'word'
  | 'phrase'
  | 'regex'
  | 'field'
  | 'colon'
  | 'value'
  | 'number'
  | 'compare'
  | 'keyword'
  | 'minus'
  | 'paren';

/** A piece of a search; all pieces together are all of it. */
export type Token = { readonly kind: TokenKind; readonly from: number; readonly to: number };

const SPACE = /\s/;
const NAME_FIRST = /[\p{L}_@$]/u;
const NAME_REST = /[\p{L}\p{N}_@$./-]/u;
const NUMBER = /^-?\d+(\.\d+)?(ns|us|µs|ms|s|m|h|d)?$/i;

export function tokensOf(query: string): readonly Token[] {
  const scan = new Scan(query);
  while (scan.at < query.length) scan.one();
  return scan.tokens;
}

class Scan {
  readonly tokens: Token[] = [];
  at = 0;
  readonly #text: string;
  /** For each open parenthesis whether it is a field's list of values. */
  readonly #open: boolean[] = [];

  constructor(text: string) {
    this.#text = text;
  }

  one(): void {
    const c = this.#peek();
    if (SPACE.test(c)) return this.#take('space', this.#while((other) => SPACE.test(other)));
    if (c === '(') return this.#paren(false);
    if (c === ')') return this.#paren(false);
    if (this.#open.at(-1) === true) return this.#value();
    const keyword = /^(AND|OR|NOT)(?=[\s()]|$)/.exec(this.#text.slice(this.at));
    if (keyword) return this.#take('keyword', this.at + (keyword[1]?.length ?? 0));
    if (c === '-' && /[^\s)-]/.test(this.#peek(1))) return this.#take('minus', this.at + 1);
    const colon = this.#fieldEnd();
    if (colon > 0) {
      this.#take('field', colon);
      this.#take('colon', colon + 1);
      return this.#value();
    }
    if (c === '"') return this.#take('phrase', this.#quoteEnd());
    this.#regexOr('word');
  }

  /** What follows a field's colon, or stands in its list. */
  #value(): void {
    const c = this.#peek();
    if (c === '"') return this.#take('phrase', this.#quoteEnd());
    if (c === '(') return this.#paren(true);
    if (c === '[') return this.#between();
    if (c === '<' || c === '>') {
      this.#take('compare', this.at + (this.#peek(1) === '=' ? 2 : 1));
      if (!this.#atBoundary()) this.#take('number', this.#wordEnd());
      return;
    }
    const keyword = /^OR(?=[\s()]|$)/.exec(this.#text.slice(this.at));
    if (keyword && this.#open.at(-1) === true) return this.#take('keyword', this.at + 2);
    if (!this.#atBoundary()) this.#regexOr('value');
  }

  #between(): void {
    this.#take('paren', this.at + 1);
    while (this.at < this.#text.length && !/[)\]]/.test(this.#peek())) {
      if (SPACE.test(this.#peek())) this.#take('space', this.#while((c) => SPACE.test(c)));
      else {
        const end = this.#while((c) => !/[\s()\]]/.test(c));
        this.#take(this.#text.slice(this.at, end) === 'TO' ? 'keyword' : 'number', Math.max(end, this.at + 1));
      }
    }
    if (this.#peek() === ']') this.#take('paren', this.at + 1);
  }

  #paren(list: boolean): void {
    if (this.#peek() === '(') this.#open.push(list);
    else this.#open.pop();
    this.#take('paren', this.at + 1);
  }

  #regexOr(otherwise: 'word' | 'value'): void {
    const regex = /^\/(?:\\.|[^\\])+?\/(?=[\s()]|$)/.exec(this.#text.slice(this.at));
    if (regex) return this.#take('regex', this.at + regex[0].length);
    const end = this.#wordEnd();
    const isNumber = otherwise === 'value' && NUMBER.test(this.#text.slice(this.at, end));
    this.#take(isNumber ? 'number' : otherwise, end);
  }

  /** Where the name that stands here ends and its colon is; 0 if it is text: times, addresses, words with a colon. */
  #fieldEnd(): number {
    let end: number;
    if (this.#peek() === '"') end = this.#quoteEnd();
    else {
      if (!NAME_FIRST.test(this.#peek())) return 0;
      end = this.#while((c) => NAME_REST.test(c));
    }
    const after = this.#text[end + 1] ?? '';
    const isField = this.#text[end] === ':' && !/[\s:)]/.test(after) && !this.#text.startsWith('//', end + 1);
    // At the very end a value is about to be typed.
    return isField && (after !== '' || end + 1 === this.#text.length) ? end : 0;
  }

  #quoteEnd(): number {
    let end = this.at + 1;
    while (end < this.#text.length && this.#text[end] !== '"') end += this.#text[end] === '\\' ? 2 : 1;
    return Math.min(end + 1, this.#text.length);
  }

  #wordEnd(): number {
    let end = this.at;
    while (end < this.#text.length && !/[\s()]/.test(this.#text[end] ?? '')) end += this.#text[end] === '\\' ? 2 : 1;
    return Math.min(Math.max(end, this.at + 1), this.#text.length);
  }

  #atBoundary(): boolean {
    return this.at >= this.#text.length || /[\s()]/.test(this.#peek());
  }

  #while(holds: (c: string) => boolean): number {
    let end = this.at;
    while (end < this.#text.length && holds(this.#text[end] ?? '')) end++;
    return end;
  }

  #peek(ahead = 0): string {
    return this.#text[this.at + ahead] ?? '';
  }

  #take(kind: TokenKind, end: number): void {
    this.tokens.push({ kind, from: this.at, to: end });
    this.at = end;
  }
}
