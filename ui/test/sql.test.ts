import assert from 'node:assert/strict';
import { test } from 'node:test';
import { errorPosition } from '../src/pages/sql/error-position.ts';
import { rangeParameters, withRange } from '../src/pages/sql/parameters.ts';
import { columnWidth, isNumber, isTime, textOf, toCsv, toJsonLines, toTabs } from '../src/pages/sql/texts.ts';
import { added, ageOf, rates, ratio, type Sample, SAMPLES_MAX } from '../src/pages/system/samples.ts';

const marked = (sql: string, message: string): string | null => {
  const at = errorPosition(sql, message);
  return at && sql.slice(at.from, at.to);
};

test("an error is marked where ClickHouse's message says, in lines and columns of bytes", () => {
  const sql = "SELECT 'ä€', oops\nFORM otel.logs";
  assert.equal(marked(sql, 'Syntax error: failed at position 25 (otel) (line 2, col 6): otel.logs.'), 'otel');
  assert.equal(marked("SELECT 'ä€' FORM x y", "Syntax error: failed at position 21 ('x') (line 1, col 21): x y"), 'x');
  assert.equal(marked('SELECT 1 +', 'Syntax error: failed at position 11 (end of query): .'), '+');
  assert.equal(marked('SELECT a', 'Unknown identifier a'), null);
});

test('only parameters that a statement has are sent', () => {
  const ends = { from: 1_795_000_000_123, to: 1_795_000_060_456 };
  assert.deepEqual(rangeParameters('SELECT 1', ends), {});
  assert.deepEqual(rangeParameters('… Timestamp >= {from:DateTime64(3)} AND t < { to : DateTime }', ends), { param_from: '1795000000.123', param_to: '1795000060' });
  assert.equal(withRange('a >= {from:DateTime64(9)} AND b < {to:UInt32} AND {from}', ends), 'a >= toDateTime64(1795000000.123, 3) AND b < 1795000060 AND {from}');
});

const META = [
  { name: 'name', type: 'String' },
  { name: 'n, "big"', type: 'UInt64' },
];

test('results are copied as CSV, JSON and for spreadsheets without losing anything', () => {
  const rows = [
    ['a,"b"\n', '18446744073709551615'],
    [null, '1'],
  ];
  assert.equal(toCsv(META, rows), 'name,"n, ""big"""\r\n"a,""b""\n",18446744073709551615\r\n,1\r\n');
  assert.equal(toJsonLines(META, rows), '{"name":"a,\\"b\\"\\n","n, \\"big\\"":"18446744073709551615"}\n{"name":null,"n, \\"big\\"":"1"}\n');
  assert.equal(toTabs(META, [['a\tb', '1']]), 'name\tn, "big"\na b\t1');
});

test('types are known inside of their wrappers', () => {
  assert.deepEqual(['UInt64', 'Nullable(Float64)', 'Decimal(18, 4)', 'LowCardinality(Nullable(Int8))'].map(isNumber), [true, true, true, true]);
  assert.deepEqual(['String', 'Array(UInt8)', 'DateTime', 'IPv4'].map(isNumber), [false, false, false, false]);
  assert.deepEqual(['Date', 'Nullable(DateTime64(9))', 'String'].map(isTime), [true, true, false]);
  assert.equal(textOf({ a: ['1', null] }), '{"a":["1",null]}');
});

test('columns are as wide as what is in them, within reason', () => {
  const narrow = columnWidth({ name: 'n', type: 'UInt8' }, 0, [[1]]);
  const wide = columnWidth({ name: 'n', type: 'String' }, 0, [['x'.repeat(500)]]);
  assert.ok(narrow >= 64 && narrow < 100 && wide === 458, `${narrow} ${wide}`);
});

const sample = (at: number, accepted: number): Sample => ({ at, accepted, delivered: accepted, waiting: 0 });

test('rates are what counters grew by a second; a restart begins anew', () => {
  const three = [sample(0, 0), sample(5000, 50), sample(10_000, 1050)].reduce<readonly Sample[]>(added, []);
  assert.deepEqual(rates(three, 'accepted'), [10, 200]);
  assert.deepEqual(added(three, sample(15_000, 3)), [sample(15_000, 3)]);
  const many = Array.from({ length: 500 }, (_, at) => sample(at, at)).reduce<readonly Sample[]>(added, []);
  assert.equal(many.length, SAMPLES_MAX);
  assert.equal(many.at(-1)?.at, 499);
});

test('ages and ratios are rough', () => {
  assert.deepEqual([0, 999, 12_400, 185_000, 5 * 3_600_000, 47 * 3_600_000, 40 * 86_400_000].map(ageOf), ['now', 'now', '12 s', '3 min', '5 h', '47 h', '40 d']);
  assert.equal(ratio('100', '8'), 12.5);
  assert.equal(ratio('100', '0'), null);
});
