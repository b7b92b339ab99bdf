import { Button } from '../../parts/Button.tsx';
import { bytes, short } from '../../parts/numbers.ts';
import { Skeleton } from '../../parts/states.tsx';
import { Link } from '../../app/Link.tsx';
import { pageLink } from '../../app/TopBar.tsx';
import { range, refresh, setRange } from '../../app/range.ts';
import { writeDate, writeMillis, writeTime } from '../../time/write.ts';
import { zone } from '../../time/zone.ts';
import { seconds, TELL_AFTER_MS, useElapsed } from './elapsed.ts';
import { search, source } from './state.ts';

const HINT_AFTER_MS = 8000;

/** Where rows will be: how long it takes already, what is waited for, and how to end it. */
export function Waiting() {
  const elapsed = useElapsed();
  const { plan, progress } = search.state.value;
  if (elapsed < TELL_AFTER_MS) return <Skeleton rows={24} height={22} />;
  return (
    <div class="state waiting" role="status">
      <div>
        <h2>
          {progress === null ? 'Waiting for ClickHouse' : 'Searching'} <span class="elapsed">{seconds(elapsed)}</span>
        </h2>
        <p>
          {progress === null ? (
            <>It has not said anything yet of {source.value.name.toLowerCase()}: no rows, no progress.</>
          ) : (
            <>
              No row matches back to {at(progress.from)}
              {plan && `, of ${at(plan.from)}`}: {short(progress.rows_read)} rows, {bytes(progress.bytes_read)} read.
            </>
          )}
        </p>
        {elapsed > HINT_AFTER_MS && (
          <p class="dim">
            {progress !== null && 'A shorter time, a service or a namespace reads less.'}
            {progress === null && (
              <>
                It may be busy or away: <Link to={pageLink('/system')}>System</Link> tells how it does.
              </>
            )}
          </p>
        )}
        <Button icon="stop" shortcut="Esc" label="Cancel the search" onClick={() => search.cancel()}>
          Cancel
        </Button>
        {elapsed > HINT_AFTER_MS && range.value.from !== 'now-15m' && (
          <Button icon="clock" onClick={() => setRange({ from: 'now-15m', to: 'now' })}>
            Only the last 15 minutes
          </Button>
        )}
      </div>
    </div>
  );
}

/** The search was ended before it had rows. */
export function Cancelled({ afterMs }: { afterMs: number }) {
  return (
    <div class="state">
      <div>
        <h2>Cancelled after {writeMillis(afterMs)}</h2>
        <p>Nothing was found until then.</p>
        <Button icon="refresh" onClick={refresh}>
          Search again
        </Button>
      </div>
    </div>
  );
}

function at(ms: number): string {
  const utc = zone.value === 'utc';
  return `${writeDate(ms, utc)} ${writeTime(ms, utc)}`;
}
