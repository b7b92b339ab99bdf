import { useState } from 'preact/hooks';
import { relativeWords, type Range, rangeTyped, resolveRange } from '../time/range.ts';
import { writeDate, writeMillis, writeSpan, writeTime } from '../time/write.ts';
import { zone } from '../time/zone.ts';
import { Button } from '../parts/Button.tsx';
import { moveFocus } from '../parts/Menu.tsx';
import { Popover } from '../parts/Popover.tsx';
import { range, scaleRange, setRange, shiftRange } from './range.ts';

const QUICK = ['5m', '15m', '1h', '3h', '6h', '12h', '1d', '2d', '7d', '30d', '90d', '180d'];

/** The time range that all pages share: quick ones, typed ones, and steps to earlier and later. */
export function TimePicker() {
  return (
    <div class="time-picker" role="group" aria-label="Time range">
      <Button icon="left" label="Earlier" shortcut="[" onClick={() => shiftRange(-1)} />
      <Popover icon="clock" label="Time range" shortcut="r" text={<RangeWords />} align="right" class="range">
        {(close) => <RangePanel close={close} />}
      </Popover>
      <Button icon="right" label="Later" shortcut="]" onClick={() => shiftRange(1)} />
    </div>
  );
}

function RangeWords() {
  const words = relativeWords(range.value);
  const ends = words === null ? resolveRange(range.value, Date.now()) : null;
  return <span class="words">{words ?? (ends ? writeSpan(ends.from, ends.to, zone.value === 'utc') : 'No time range')}</span>;
}

function RangePanel({ close }: { close: () => void }) {
  const choose = (next: Range): void => {
    setRange(next);
    close();
  };
  return (
    <div class="range-panel">
      <TypedRange choose={choose} />
      <div class="quick" role="group" aria-label="Quick ranges" onKeyDown={moveFocus}>
        {QUICK.map((span) => {
          const next = { from: `now-${span}`, to: 'now' };
          return (
            <button key={span} type="button" aria-pressed={range.value.from === next.from && range.value.to === 'now'} onClick={() => choose(next)}>
              {relativeWords(next)}
            </button>
          );
        })}
      </div>
      <footer>
        <Button onClick={() => scaleRange(2)}>Twice as wide</Button>
        <Button onClick={() => scaleRange(0.5)}>Half as wide</Button>
        <Button label="Show times in the other zone" onClick={() => (zone.value = zone.value === 'utc' ? 'local' : 'utc')}>
          {zone.value === 'utc' ? 'UTC' : 'Local time'}
        </Button>
      </footer>
    </div>
  );
}

function TypedRange({ choose }: { choose: (range: Range) => void }) {
  const [typed, setTyped] = useState(() => written(range.value));
  const found = rangeTyped(typed, Date.now());
  const ends = found && resolveRange(found, Date.now());
  const utc = zone.value === 'utc';
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        if (found) choose(found);
      }}
    >
      <label for="range-typed">From – to</label>
      <input
        id="range-typed"
        value={typed}
        spellcheck={false}
        autocomplete="off"
        aria-invalid={found === null}
        aria-describedby="range-meant"
        onInput={(event) => setTyped(event.currentTarget.value)}
        onFocus={(event) => event.currentTarget.select()}
      />
      <p id="range-meant" class={found === null ? 'wrong' : 'dim'}>
        {ends
          ? `${writeSpan(ends.from, ends.to, utc)} · ${writeMillis(ends.to - ends.from)}`
          : 'Try 45m, today, 14:00 to 15:00, now-2d to now-1d, 2026-11-21 17:00 to 2026-11-21 18:00'}
      </p>
    </form>
  );
}

/** As people would type it. */
function written(range: Range): string {
  const one = (text: string): string => {
    const ms = /^now/i.test(text) ? NaN : Date.parse(text);
    return Number.isNaN(ms) ? text : `${writeDate(ms, false)} ${writeTime(ms, false)}`;
  };
  return `${one(range.from)} to ${one(range.to)}`;
}
