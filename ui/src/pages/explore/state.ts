import { computed, effect, signal, untracked } from '@preact/signals';
import { keysGiven } from '../../api/key.ts';
import type { Fault } from '../../api/fault.ts';
import { question } from '../../api/question.ts';
import type { Facet, Histogram, FoundRow, Patterns } from '../../api/types.ts';
import { range, refreshes } from '../../app/range.ts';
import { param, place, setParams } from '../../app/router.ts';
import { stored, textList } from '../../app/stored.ts';
import { remember } from './saved.ts';
import { type Source, SOURCES, sourceAt } from './sources.ts';
import { Search } from './search.ts';
import { Tail } from './tail.ts';

// What Logs and Events show. The URL holds what a link must carry: q, from, to, cols, view, row, tail, table, by.

export type View = 'rows' | 'patterns';

export const BUCKETS = 120;

/** Where the fields lie over the rows: they are shown when they are asked for. */
const NARROW = 760;

/** While rows are followed, the histogram follows at a distance. */
const TAIL_HISTOGRAM_MS = 10_000;
const ticks = signal(0);

export const query = computed(() => param('q'));
/** Of another page while this one is being left: the last one stays. */
let last = sourceAt('/logs', '');
export const source = computed<Source>(() => (place.value.path in SOURCES ? (last = sourceAt(place.value.path, param('table'))) : last));
/** The field that colours the histogram and the rows. */
export const by = computed(() => param('by') || source.value.by);
export const view = computed<View>(() => (param('view') === 'patterns' && source.value.patterns ? 'patterns' : 'rows'));
export const tailing = computed(() => param('tail') === '1');
/** The row whose details are open: its time in nanoseconds, a dot, and its id. */
export const openRow = computed(() => param('row'));

type Lists = Readonly<Record<string, readonly string[]>>;

/** By table: what the person has chosen. */
const columnsOfMine = stored<Lists>('rows.columns', lists);
const facetsOfMine = stored<Lists>('rows.facets', lists);
const linkedColumns = computed(() => place.value.params['cols']);

/** Columns between the time and what the row says. */
export const columns = computed<readonly string[]>(
  () => linkedColumns.value?.split(',').filter(Boolean) ?? columnsOfMine.value[source.value.table] ?? source.value.columns,
);

export function setColumns(next: readonly string[]): void {
  columnsOfMine.value = { ...columnsOfMine.value, [source.value.table]: next };
  setParams({ cols: next.length === 0 ? ',' : next.join(',') }, 'replace');
}

export const facetFields = computed<readonly string[]>(() => facetsOfMine.value[source.value.table] ?? source.value.facets);

export function setFacetFields(next: readonly string[]): void {
  facetsOfMine.value = { ...facetsOfMine.value, [source.value.table]: next };
}

function lists(json: unknown): Lists {
  const entries = typeof json === 'object' && json !== null ? Object.entries(json) : [];
  return Object.fromEntries(entries.map(([table, list]) => [table, textList(list)]));
}

export const facetsShown = stored<boolean>('rows.facets.shown', (json) => (json === null ? innerWidth > NARROW : json !== false));
export const wrap = stored<boolean>('logs.wrap', (json) => json === true);
export const asJson = stored<boolean>('logs.json', (json) => json === true);

export const search = new Search();
export const tail = new Tail();
export const histogram = question<Histogram>('/api/histogram');
export const facets = question<{ readonly facets: readonly Facet[] }>('/api/facets');
export const patterns = question<Patterns>('/api/patterns');

/** The row that j and k move. */
export const selected = signal(-1);
/** The times of the rows on the screen, in milliseconds. */
export const onScreen = signal<{ readonly from: number; readonly to: number } | null>(null);

const scope = computed(() => ({
  q: query.value,
  from: range.value.from,
  to: range.value.to,
  ...(source.value.table === 'logs' ? {} : { table: source.value.table }),
}));

export const rowCount = (): number => (tailing.value ? tail.rows.value.length : search.count);
export const rowAt = (index: number): FoundRow | undefined => (tailing.value ? tail.rows.value[index] : search.rowAt(index));

/** Rows that the search has in all, by the histogram; null while nobody knows. */
export const total = computed<number | null>(() => {
  const answer = histogram.state.value.answer;
  if (answer === null) return null;
  return answer.data.buckets.reduce((sum, bucket) => sum + bucket.counts.reduce((a, b) => a + b, 0), 0);
});

/** What went wrong, in a word if the place where the rows would be says it whole. */
export function faultWords(fault: Fault): string {
  const main = tailing.value ? tail.fault.value : (view.value === 'patterns' ? patterns : search).state.value.fault;
  return main?.code === fault.code ? 'see the message' : fault.message;
}

/** While the page is shown: asks whenever what it shows has changed. Gives back what ends that. */
export function watch(): () => void {
  let searched = false;
  const ends = [
    whenever(() => source.value, forgetOthers),
    whenever(() => [asked(), tailing.value] as const, ([now, live]) => {
      selected.value = -1;
      remember(now.q);
      if (live) search.stop();
      else tail.stop();
      if (live) tail.start({ q: now.q, ...(now.table === undefined ? {} : { table: now.table }) }, searched ? rowsBefore(now) : []);
      else search.start(now);
      searched = !live;
    }),
    whenever(
      () => [asked(), by.value, ticks.value] as const,
      ([now, field]) => void histogram.ask({ ...now, buckets: BUCKETS, by: field }),
    ),
    whenever(() => tail.received.value, keepSelected),
    every(TAIL_HISTOGRAM_MS, () => tailing.value && ticks.value++),
    whenever(
      () => ({ ...asked(), fields: facetFields.value.join(','), shown: facetsShown.value }),
      ({ shown, ...now }) => shown && void facets.ask({ ...now, limit: 8, own: 'lifted' }),
    ),
    whenever(
      () => ({ ...asked(), shown: view.value === 'patterns' }),
      ({ shown, ...now }) => shown && void patterns.ask({ ...now, limit: 60 }),
    ),
  ];
  return () => {
    for (const end of ends) end();
    search.stop();
    tail.stop();
  };
}

let shownBefore: Source | null = null;

/** Rows of another table must not stay on the screen until the new ones are there: they would be drawn as what they are not. */
function forgetOthers(now: Source): void {
  if (shownBefore !== null && shownBefore !== now) {
    search.forget();
    histogram.forget();
    facets.forget();
    patterns.forget();
  }
  shownBefore = now;
}

const KNOWN_ROWS_MAX = 1000;

/** The newest rows of the same search until now: they stay below those that land. */
function rowsBefore(now: { readonly q: string; readonly to: string }): readonly FoundRow[] {
  if (search.old || search.params['q'] !== now.q || !/^now$/i.test(now.to)) return [];
  const rows: FoundRow[] = [];
  for (let row = search.rowAt(0); row && rows.length < KNOWN_ROWS_MAX; row = search.rowAt(rows.length)) rows.push(row);
  return rows;
}

let receivedBefore = 0;

/** New rows stand above the selected one, which stays what it is. */
function keepSelected(received: number): void {
  const more = received - receivedBefore;
  receivedBefore = received;
  if (tailing.value && more > 0 && selected.value >= 0) selected.value += more;
}

function every(ms: number, act: () => void): () => void {
  const timer = setInterval(act, ms);
  return () => clearInterval(timer);
}

/** Does something now and whenever what `of` reads has changed; what `act` reads and writes does not count. */
function whenever<T>(of: () => T, act: (now: T) => void): () => void {
  return effect(() => {
    const now = of();
    untracked(() => act(now));
  });
}

/** What is asked for, to be asked again when the user says so or a key was given. */
function asked(): { q: string; from: string; to: string; table?: string } {
  void refreshes.value;
  void keysGiven.value;
  return scope.value;
}

export const setQuery = (q: string): void => setParams({ q, row: null });

export const setTailing = (on: boolean): void => setParams({ tail: on ? '1' : null, row: null }, 'replace');

export function open(index: number): void {
  const row = rowAt(index);
  if (row === undefined) return;
  selected.value = index;
  setParams({ row: `${row.Timestamp}.${row.id}` }, openRow.value === '' ? 'push' : 'replace');
}

export const closeRow = (): void => setParams({ row: null });

/** Moves the selection, and with it the details if they are open. */
export function select(index: number): void {
  selected.value = Math.max(0, Math.min(index, rowCount() - 1));
  if (openRow.value !== '') open(selected.value);
}
