// The tables whose rows can be explored, and how their rows look.

export type MapColumn = 'LogAttributes' | 'ResourceAttributes' | 'ScopeAttributes' | 'labels' | 'Properties';

/** One of a row's maps: what stands before a key to ask it alone, and its heading among the details. */
export type RowMap = { readonly column: MapColumn; readonly prefix: string; readonly title: string };

export type Source = {
  /** As the API names it. */
  readonly table: string;
  readonly name: string;
  readonly hint: string;
  /** Columns beside the time and what a row says, while nobody has chosen others. */
  readonly columns: readonly string[];
  readonly facets: readonly string[];
  /** The field that colours the histogram and the rows. */
  readonly by: string;
  /** Columns with a short name in the search language, in the order in which people look at them. */
  readonly known: readonly (readonly [column: string, field: string])[];
  readonly maps: readonly RowMap[];
  /** The head of the last column. */
  readonly says: string;
  /** Whether a row's text is made of kinds of lines. */
  readonly patterns: boolean;
  /** Whose rows are shown around one: the API's word and ours. */
  readonly around: readonly (readonly [scope: string, name: string])[];
  /** Fields that rows of one source have in common. */
  readonly sameSource: readonly string[];
  readonly placeholder: string;
};

const LOG_COLUMNS = [
  ['ServiceName', 'service'],
  ['Namespace', 'namespace'],
  ['PodName', 'pod'],
  ['ContainerName', 'container'],
  ['NodeName', 'node'],
  ['Cluster', 'cluster'],
  ['Cell', 'cell'],
  ['Region', 'region'],
  ['ScopeName', 'scope'],
  ['EventName', 'EventName'],
  ['TraceId', 'trace_id'],
  ['SpanId', 'span_id'],
] as const;

const LOG_MAPS: readonly RowMap[] = [
  { column: 'LogAttributes', prefix: 'attributes.', title: 'Attributes' },
  { column: 'ResourceAttributes', prefix: 'resource.', title: 'Resource' },
  { column: 'ScopeAttributes', prefix: 'scope.', title: 'Scope' },
];

const LOGS: Source = {
  table: 'logs',
  name: 'Logs',
  hint: 'of your services',
  columns: ['service'],
  facets: ['level', 'service', 'namespace', 'pod', 'node', 'scope', 'cluster', 'region'],
  by: 'level',
  known: LOG_COLUMNS,
  maps: LOG_MAPS,
  says: 'Body',
  patterns: true,
  around: [
    ['source', 'Same source'],
    ['service', 'Same service'],
    ['everything', 'Everything'],
  ],
  sameSource: ['pod', 'service'],
  placeholder: 'Search logs: words, service:checkout, level:>=warn, http.response.status_code:>=500, /regex/',
};

/** ClickHouse's own: nobody names services there, and pods rarely. */
const CLICKHOUSE: Omit<Source, 'table' | 'name' | 'hint'> = {
  ...LOGS,
  columns: ['logger'],
  facets: ['level', 'logger', 'thread_name', 'namespace', 'pod', 'source_file'],
  known: [['logger_name', 'logger'], ['query_id', 'query_id'], ...LOG_COLUMNS.slice(1)],
  around: [
    ['source', 'Same server'],
    ['everything', 'Everything'],
  ],
  sameSource: ['pod', 'namespace'],
  placeholder: 'Search lines of ClickHouse: words, level:>=warn, logger:MergeTree*, query_id:…',
};

const WIDE: Source = {
  table: 'events',
  name: 'Wide events',
  hint: 'one row for all that was known of what happened',
  columns: ['dataset', 'service'],
  facets: ['dataset', 'service', 'status', 'host', 'application'],
  by: 'dataset',
  known: [
    ['Dataset', 'dataset'],
    ['ServiceName', 'service'],
    ['host', 'host'],
    ['status', 'status'],
    ['application', 'application'],
  ],
  maps: [{ column: 'labels', prefix: 'labels.', title: 'Labels' }],
  says: 'Event',
  patterns: false,
  around: [
    ['source', 'Same source'],
    ['service', 'Same service'],
    ['everything', 'Everything'],
  ],
  sameSource: ['dataset', 'service', 'host'],
  placeholder: 'Search wide events: dataset:requests, status:>=500, duration_ms:>250, user.plan:pro, any label:value',
};

const ANALYTICS: Source = {
  table: 'analytics',
  name: 'Product analytics',
  hint: 'what people did, as SDKs captured it',
  columns: ['event', 'person'],
  facets: ['event', 'browser', 'os', 'device', 'country', 'path', 'model', 'provider'],
  by: 'event',
  known: [
    ['event', 'event'],
    ['distinct_id', 'person'],
    ['session_id', 'session'],
    ['team_id', 'team'],
    ['url', 'url'],
    ['pathname', 'path'],
    ['country_code', 'country'],
    ['device_type', 'device'],
    ['cost_usd', 'cost'],
  ],
  maps: [{ column: 'Properties', prefix: 'properties.', title: 'Properties' }],
  says: 'Properties',
  patterns: false,
  around: [
    ['source', 'Same person'],
    ['everything', 'Everything'],
  ],
  sameSource: ['person'],
  placeholder: 'Search product events: event:purchased, person:…, browser:Firefox, cost:>0.05, any property:value',
};

/** By the page they are on; the first is the one without a word in the URL. */
export const SOURCES: Readonly<Record<string, readonly [Source, ...Source[]]>> = {
  '/logs': [
    LOGS,
    { ...CLICKHOUSE, table: 'server', name: 'Server', hint: 'of ClickHouse servers' },
    { ...CLICKHOUSE, table: 'keeper', name: 'Keeper', hint: 'of ClickHouse Keeper' },
  ],
  '/events': [WIDE, ANALYTICS],
};

export function sourcesAt(path: string): readonly [Source, ...Source[]] {
  return SOURCES[path] ?? [LOGS];
}

/** The table that a page's address means. */
export function sourceAt(path: string, table: string): Source {
  const all = sourcesAt(path);
  return all.find((source) => source.table === table) ?? all[0];
}
