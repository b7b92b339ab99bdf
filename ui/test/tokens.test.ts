import assert from 'node:assert/strict';
import { test } from 'node:test';
import { tokensOf } from '../src/query/tokens.ts';

/** `kind:text` of every token that is no space. */
const seen = (query: string): string[] =>
  tokensOf(query)
    .filter((token) => token.kind !== 'space')
    .map((token) => `${token.kind} ${query.slice(token.from, token.to)}`);

test('a field, its colon and its value are told apart', () => {
  assert.deepEqual(seen('service:checkout'), ['field service', 'colon :', 'value checkout']);
  assert.deepEqual(seen('"my key":x'), ['field "my key"', 'colon :', 'value x']);
  assert.deepEqual(seen('user:"a b"'), ['field user', 'colon :', 'phrase "a b"']);
});

test('words of the language are keywords in capitals only', () => {
  assert.deepEqual(seen('a OR b and NOT c'), ['word a', 'keyword OR', 'word b', 'word and', 'keyword NOT', 'word c']);
  assert.deepEqual(seen('ORDER'), ['word ORDER']);
});

test('a minus negates only what follows it at once', () => {
  assert.deepEqual(seen('-pod:x - --y'), ['minus -', 'field pod', 'colon :', 'value x', 'word -', 'word --y']);
});

test('times, addresses and words that end in a colon are text', () => {
  assert.deepEqual(seen('12:30 http://x.example/a std::string Error: no'), [
    'word 12:30', 'word http://x.example/a', 'word std::string', 'word Error:', 'word no',
  ]);
});

test('comparisons, ranges and lists show their parts', () => {
  assert.deepEqual(seen('status:>=500'), ['field status', 'colon :', 'compare >=', 'number 500']);
  assert.deepEqual(seen('status:[500 TO 599] x'), [
    'field status', 'colon :', 'paren [', 'number 500', 'keyword TO', 'number 599', 'paren ]', 'word x',
  ]);
  assert.deepEqual(seen('env:(prod OR "a b")'), [
    'field env', 'colon :', 'paren (', 'value prod', 'keyword OR', 'phrase "a b"', 'paren )',
  ]);
});

test('a path is no regular expression, a regular expression is one', () => {
  assert.deepEqual(seen('/var/log/x'), ['word /var/log/x']);
  assert.deepEqual(seen('/time ?out/ path:/^\\/v[12]/'), ['regex /time ?out/', 'field path', 'colon :', 'regex /^\\/v[12]/']);
});

test('pieces cover every search that is half typed, in order and without gaps', () => {
  const whole = '(level:error OR -pod:"a \\"b" ) status:[1 TO 9] env:(a "b) c" d) /re ge/ x\\ y -"q';
  for (let end = 0; end <= whole.length; end++) {
    const query = whole.slice(0, end);
    let at = 0;
    for (const token of tokensOf(query)) {
      assert.equal(token.from, at, query);
      assert.ok(token.to > token.from, query);
      at = token.to;
    }
    assert.equal(at, query.length, query);
  }
});
