import assert from 'node:assert/strict';
import { test } from 'node:test';
import { completingAt } from '../src/query/complete.ts';
import { excluding, including, quoteValue, stateOf, without } from '../src/query/terms.ts';

test('a click adds a term and the next one a list', () => {
  assert.equal(including('', 'service', 'cart'), 'service:cart');
  assert.equal(including('timeout', 'service', 'cart'), 'timeout service:cart');
  assert.equal(including('service:cart timeout', 'service', 'pay'), 'service:(cart pay) timeout');
  assert.equal(including('service:cart', 'service', 'cart'), 'service:cart');
});

test('what is searched by OR is put in parentheses first', () => {
  assert.equal(including('a OR b', 'service', 'cart'), '(a OR b) service:cart');
});

test('values are quoted where the language would read them otherwise', () => {
  assert.equal(including('', 'body', 'a "b" c'), 'body:"a \\"b\\" c"');
  assert.equal(including('', 'my key', 'x'), '"my key":x');
  for (const value of ['', '*', 'a*', '/x/', '-1', '>5', 'OR', 'a(b)', 'a\\b', ' a']) {
    assert.equal(stateOf(including('', 'k', value), 'k', value), 'in', value);
    assert.match(quoteValue(value), /^"/);
  }
});

test('excluding turns a term around and including turns it back', () => {
  assert.equal(excluding('service:cart x', 'service', 'cart'), 'x -service:cart');
  assert.equal(including('x -service:cart', 'service', 'cart'), 'x service:cart');
  assert.equal(excluding('service:(cart pay)', 'service', 'cart'), 'service:pay -service:cart');
});

test('taking a term away leaves the rest as it was typed', () => {
  assert.equal(without('a  service:cart   "b  c"', 'service', 'cart'), 'a "b  c"');
  assert.equal(without('NOT service:cart a', 'service', 'cart'), 'a');
  assert.equal(without('service:(cart pay) a', 'service', 'pay'), 'service:cart a');
  assert.equal(without('(service:cart a)', 'service', 'cart'), '(service:cart a)');
});

test('patterns and comparisons are no values', () => {
  assert.equal(stateOf('pod:web-*', 'pod', 'web-*'), null);
  assert.equal(stateOf('pod:web-\\*', 'pod', 'web-*'), 'in');
  assert.equal(stateOf('status:>500', 'status', '500'), null);
});

test('completion knows whether a field or a value is being typed', () => {
  assert.deepEqual(completingAt('ser', 3), { what: 'field', prefix: 'ser', from: 0, to: 3 });
  assert.deepEqual(completingAt('a ', 2), { what: 'field', prefix: '', from: 2, to: 2 });
  assert.deepEqual(completingAt('-po', 3), { what: 'field', prefix: 'po', from: 1, to: 3 });
  assert.deepEqual(completingAt('service:', 8), { what: 'value', field: 'service', prefix: '', from: 8, to: 8 });
  assert.deepEqual(completingAt('service:ch x', 10), { what: 'value', field: 'service', prefix: 'ch', from: 8, to: 10 });
  assert.deepEqual(completingAt('env:(prod st', 12), { what: 'value', field: 'env', prefix: 'st', from: 10, to: 12 });
  assert.deepEqual(completingAt('service:"ch', 11), { what: 'value', field: 'service', prefix: 'ch', from: 8, to: 11 });
  assert.equal(completingAt('"service', 8), null);
});
