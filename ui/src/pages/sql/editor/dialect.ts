import { SQLDialect } from '@codemirror/lang-sql';

const KEYWORDS = `
select distinct from where prewhere group by order having limit offset with as on using join left right inner outer full cross asof anti semi any all array
final sample union except intersect case when then else end and or not in is null like ilike between exists interval asc desc nulls first last fill step
interpolate totals rollup cube grouping sets window over partition rows range unbounded preceding following current row qualify settings format into
outfile values insert create table view materialized database if drop alter add column modify rename to truncate optimize explain syntax ast plan pipeline
estimate describe show tables databases processlist use set global local ttl primary key engine default alias ephemeral codec comment index type granularity
projection on cluster kill query second minute hour day week month quarter year`;

/** Written as ClickHouse wants them. */
export const TYPES = `
Int8 Int16 Int32 Int64 Int128 Int256 UInt8 UInt16 UInt32 UInt64 UInt128 UInt256 Float32 Float64 BFloat16 Decimal Decimal32 Decimal64 Decimal128 String
FixedString UUID Date Date32 DateTime DateTime64 Enum8 Enum16 Array Tuple Map Nullable LowCardinality IPv4 IPv6 Bool JSON Dynamic Variant Nested
AggregateFunction SimpleAggregateFunction`
  .trim()
  .split(/\s+/);

/** Keywords and functions by ClickHouse, but names of columns to those who read them. */
const PLAIN = /^(timestamp|time|date|second|minute|hour|day|week|month|quarter|year|rows|level|name|type|host|user|kind|status)$/i;

const words = (keywords: readonly string[]): string =>
  `${KEYWORDS} ${keywords.join(' ').toLowerCase()}`
    .split(/\s+/)
    .filter((word) => !PLAIN.test(word))
    .join(' ');

/** Only the words that may be written in any case: those are completed in capitals. */
export const keywordsOnly = (keywords: readonly string[]): SQLDialect => SQLDialect.define({ keywords: words(keywords), types: '', builtin: '' });

/** ClickHouse's SQL: names are told apart by case, strings have single quotes and backslashes. */
export function clickHouse(functions: readonly string[], keywords: readonly string[]): SQLDialect {
  const known = new Set(KEYWORDS.split(/\s+/));
  return SQLDialect.define({
    keywords: words(keywords),
    types: TYPES.join(' ').toLowerCase(),
    // AND and IN are functions too.
    builtin: functions
      .map((name) => name.toLowerCase())
      .filter((name) => !PLAIN.test(name) && !known.has(name))
      .join(' '),
    backslashEscapes: true,
    identifierQuotes: '`"',
    hashComments: true,
    slashComments: false,
    operatorChars: '*+-%<>!=&|~^/?',
    caseInsensitiveIdentifiers: false,
  });
}
