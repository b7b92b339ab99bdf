import { Button } from '../../parts/Button.tsx';
import { Icon } from '../../parts/Icon.tsx';
import { bytes, counted, grouped, short } from '../../parts/numbers.ts';
import type { Stats } from '../../api/types.ts';
import { writeMillis, writeTime } from '../../time/write.ts';
import { zone } from '../../time/zone.ts';
import { refresh } from '../../app/range.ts';
import { seconds, TELL_AFTER_MS, useElapsed } from './elapsed.ts';
import { patterns, search, tail, tailing, total, view } from './state.ts';

/** How many rows there are, what it took to find them, and whether that is all. */
export function StatusLine() {
  return (
    <p class="status" role="status">
      {tailing.value ? <TailStatus /> : view.value === 'patterns' ? <PatternStatus /> : <SearchStatus />}
    </p>
  );
}

function TailStatus() {
  const passed = tail.passedOver.value;
  const { plan } = search.state.value;
  return (
    <>
      <i class={`pulse${tail.running.value ? ' on' : ''}`} />
      <b>{grouped(tail.received.value)}</b> {tail.received.value === 1 ? 'row' : 'rows'} since you follow
      {tail.known.value > 0 && plan && <span class="dim">below them what was found until {writeTime(plan.to, zone.value === 'utc')}</span>}
      {passed > 0 && <span class="partial">{grouped(passed)} more came too fast to be shown</span>}
    </>
  );
}

function PatternStatus() {
  const { answer, loading } = patterns.state.value;
  if (answer === null) return <>{loading ? 'Reading …' : ''}</>;
  const { sampled, sample_rows, patterns: list } = answer.data;
  return (
    <>
      <b>{list.length}</b> {list.length === 1 ? 'pattern' : 'patterns'} in {sampled ? 'a sample of ' : ''}
      {counted(sample_rows, 'row')} <Read stats={answer.stats} />
    </>
  );
}

function SearchStatus() {
  // Rows come at any time: this reads how many there are.
  void search.version.value;
  const { loading, end, fault, cancelledAfterMs } = search.state.value;
  if (fault && search.count === 0) return null;
  if (loading && end === null) return <Searching />;
  if (cancelledAfterMs !== null) return <Cut afterMs={cancelledAfterMs} />;
  if (end === null) return null;
  const all = total.value;
  const found = all === null ? search.count : Math.max(all, search.count);
  return (
    <>
      <b>{grouped(found)}</b>
      {all === null && end.next !== null ? '+' : ''} {found === 1 ? 'row' : 'rows'}
      <Read stats={end} />
      {!end.complete && <Partial stats={end} />}
    </>
  );
}

function Searching() {
  const elapsed = useElapsed();
  const { progress } = search.state.value;
  return (
    <>
      Searching
      {progress ? ` back to ${writeTime(progress.from, zone.value === 'utc')} · ${short(progress.rows_read)} rows read` : ' …'}
      {elapsed >= TELL_AFTER_MS && ` · ${seconds(elapsed)}`}
      {elapsed >= TELL_AFTER_MS && search.count > 0 && <Button onClick={() => search.cancel()}>Cancel</Button>}
    </>
  );
}

function Cut({ afterMs }: { afterMs: number }) {
  return (
    <span class="partial">
      <Icon name="warning" /> {search.count > 0 ? `the first ${grouped(search.count)} rows: ` : ''}cancelled after {writeMillis(afterMs)}
      <Button onClick={refresh}>Again</Button>
    </span>
  );
}

function Read({ stats }: { stats: Stats }) {
  return (
    <span class="dim read" title={`${grouped(stats.rows_read)} rows and ${grouped(stats.bytes_read)} bytes were read; ${stats.complete ? 'the answer is whole' : 'the answer is not whole'}`}>
      read {short(stats.rows_read)} rows, {bytes(stats.bytes_read)} in {writeMillis(stats.elapsed_ms)}
      {stats.cells.asked > 1 && `, ${stats.cells.asked} cells`}
    </span>
  );
}

const STOPPED: Readonly<Record<string, string>> = { time: 'it took too long', memory: 'it needed too much memory', rows: 'it read too many rows' };

function Partial({ stats }: { stats: Stats }) {
  const missing = stats.cells.missing.length;
  const why = missing > 0 ? `${missing} of ${stats.cells.asked} cells did not answer: ${stats.cells.missing.join(', ')}` : (STOPPED[stats.stopped_by ?? ''] ?? 'it was stopped');
  return (
    <span class="partial">
      <Icon name="warning" /> not all: {why}
      {search.state.value.end?.next != null && (
        <Button onClick={() => search.more()}>Go on</Button>
      )}
    </span>
  );
}
