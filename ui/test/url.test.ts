import assert from 'node:assert/strict';
import { test } from 'node:test';
import { changed, linkTo, placeOf } from '../src/app/url.ts';
import { clientCommand } from '../src/parts/client-command.ts';
import { moved } from '../src/parts/columns.ts';
import { bytes, grouped, short } from '../src/parts/numbers.ts';

test('a link leads back to the state that it was made of', () => {
  const place = { path: '/logs', params: { q: 'level:error "a & b=c" +x #y % ä/?', from: 'now-6h', cols: 'service,pod' } };
  const link = linkTo(place);
  const url = new URL(link, 'http://localhost');
  assert.deepEqual(placeOf(url.pathname, url.search), place);
  assert.match(link, /^\/logs\?q=level:error.*&from=now-6h&cols=service,pod$/);
});

test('the same state is the same link', () => {
  assert.equal(linkTo({ path: '/', params: { to: '2', b: '', q: '1', a: '3' } }), linkTo({ path: '/', params: { a: '3', q: '1', b: '', to: '2' } }));
});

test('empty parameters leave', () => {
  assert.deepEqual(changed({ path: '/', params: { q: 'x', row: '1' } }, { q: '', row: null, tail: '1' }).params, { tail: '1' });
});

test('numbers are short, grouped, and exact beyond 2^53', () => {
  assert.equal(grouped('9223372036854775807'), '9,223,372,036,854,775,807');
  assert.equal(short(12_345), '12.3k');
  assert.equal(short('999'), '999');
  assert.equal(bytes('240123456'), '240 MB');
});

test('a column goes where another is', () => {
  assert.deepEqual(moved(['a', 'b', 'c'], 'c', 'a'), ['c', 'a', 'b']);
  assert.deepEqual(moved(['a', 'b', 'c'], 'a', 'c'), ['b', 'c', 'a']);
  assert.deepEqual(moved(['a', 'b'], 'x', 'a'), ['a', 'b']);
});

test('a command for the shell survives quotes', () => {
  assert.equal(clientCommand("SELECT 'a'"), `clickhouse-client --user reader --query 'SELECT '\\''a'\\'''`);
});
