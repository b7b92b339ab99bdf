import type { SystemData } from '../../api/system.ts';
import { Link } from '../../app/Link.tsx';
import { bytes, grouped } from '../../parts/numbers.ts';

const LETTERS = 'SELECT *\nFROM otel.dead_letters\nORDER BY ReceivedAt DESC\nLIMIT 100';

/** Records that could not be stored, by reason; and how much memory the waiting ones take. */
export function DeadLetters({ data: { dead_letters, memory } }: { data: SystemData }) {
  const most = dead_letters.reduce((max, { count }) => Math.max(max, Number(count)), 1);
  const share = Number(memory.used) / Math.max(Number(memory.budget), 1);
  return (
    <section class="panel">
      <h2>
        Dead letters of a day <Link to={{ path: '/sql', params: { sql: LETTERS } }}>look at them</Link>
      </h2>
      {dead_letters.length === 0 ? (
        <p class="dim note">None in the last day.</p>
      ) : (
        <dl class="reasons">
          {dead_letters.map(({ reason, count }) => (
            <div key={reason}>
              <i style={{ width: `${(Number(count) / most) * 100}%` }} />
              <dt>{reason}</dt>
              <dd>{grouped(count)}</dd>
            </div>
          ))}
        </dl>
      )}
      <h2>Memory</h2>
      <p class="memory">
        <span class="budget" role="meter" aria-label="Memory used of its budget" aria-valuemin={0} aria-valuemax={100} aria-valuenow={Math.round(share * 100)}>
          <i style={{ width: `${Math.min(share * 100, 100)}%` }} />
        </span>
        <span>
          <b>{bytes(memory.used)}</b> of {bytes(memory.budget)} for requests
        </span>
      </p>
    </section>
  );
}
