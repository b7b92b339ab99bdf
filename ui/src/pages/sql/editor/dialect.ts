import { SQLDialect } from '@codemirror/lang-sql';

const KEYWORDS = `
select distinct from where prewhere group by order having limit offset with as on using join left right inner outer full cross asof anti semi any all array
final sample union except intersect case when then else end and or not in is null like ilike between exists interval asc desc nulls first last fill step
interpolate totals rollup cube grouping sets window over partition rows range unbounded preceding following current row qualify settings format into
outfile values insert create table view materialized database if drop alter add column modify rename to truncate optimize explain syntax ast plan pipeline
estimate describe show tables databases processlist use set global local ttl primary key engine default alias ephemeral codec comment index type granularity
projection on cluster kill query second minute hour day week month quarter year`;

const TYPES = `
int8 int16 int32 int64 int128 int256 uint8 uint16 uint32 uint64 uint128 uint256 float32 float64 bfloat16 decimal decimal32 decimal64 decimal128 string
fixedstring uuid date date32 datetime datetime64 enum8 enum16 array tuple map nullable lowcardinality ipv4 ipv6 bool json dynamic variant nested
aggregatefunction simpleaggregatefunction`;

/** ClickHouse's SQL: names are told apart by case, strings have single quotes and backslashes. */
export function clickHouse(functions: readonly string[], keywords: readonly string[]): SQLDialect {
  return SQLDialect.define({
    keywords: `${KEYWORDS} ${keywords.join(' ').toLowerCase()}`,
    types: TYPES,
    builtin: functions.join(' ').toLowerCase(),
    backslashEscapes: true,
    identifierQuotes: '`"',
    hashComments: true,
    slashComments: false,
    operatorChars: '*+-%<>!=&|~^/?',
    caseInsensitiveIdentifiers: false,
  });
}
