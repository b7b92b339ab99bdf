import { useState } from 'preact/hooks';
import { Button } from '../../parts/Button.tsx';
import { moveFocus } from '../../parts/Menu.tsx';
import { counted } from '../../parts/numbers.ts';
import { Popover } from '../../parts/Popover.tsx';
import { writeDate, writeMillis, writeTime } from '../../time/write.ts';
import { zone } from '../../time/zone.ts';
import { forget, history } from './history.ts';
import { edit } from './state.ts';

/** Statements that were run before, put back into the editor by a click. */
export function HistoryPanel() {
  return (
    <Popover icon="clock" label="Statements of before" text="History" align="right" class="past">
      {(close) => <Panel close={close} />}
    </Popover>
  );
}

function Panel({ close }: { close: () => void }) {
  const [part, setPart] = useState('');
  const wanted = part.trim().toLowerCase();
  const found = history.value.filter(({ sql }) => sql.toLowerCase().includes(wanted));
  const utc = zone.value === 'utc';
  return (
    <div class="past-panel" onKeyDown={moveFocus}>
      <input value={part} placeholder="Find" aria-label="Find in the history" onInput={(event) => setPart(event.currentTarget.value)} />
      {found.length === 0 && <p class="dim note">{history.value.length === 0 ? 'Nothing was run yet.' : 'None of them.'}</p>}
      {found.map(({ sql, at, rows, took }) => (
        <div class="past-item" key={sql}>
          <button
            type="button"
            title={sql}
            onClick={() => {
              close();
              edit(sql);
            }}
          >
            <code>{sql.replaceAll(/\s+/g, ' ')}</code>
            <small>
              {writeDate(at, utc)} {writeTime(at, utc)} · {rows === null ? 'failed' : counted(rows, 'row')}
              {took !== null && ` · ${writeMillis(took)}`}
            </small>
          </button>
          <Button icon="close" label="Forget it" onClick={() => forget(sql)} />
        </div>
      ))}
    </div>
  );
}
