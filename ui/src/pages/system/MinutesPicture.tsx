import { grouped, short } from '../../parts/numbers.ts';
import { timeTicks } from '../../parts/ticks.ts';
import { writeTick, writeTime } from '../../time/write.ts';
import { zone } from '../../time/zone.ts';
import { type Minute, PLACES, sums } from './minutes.ts';

const QUARTER_MS = 15 * 60_000;

/** A bar for each minute of receipt, as high as what was received, in the colours of where that is now. */
export function MinutesPicture({ minutes }: { minutes: readonly Minute[] }) {
  const most = Math.max(1, ...minutes.map(({ received, places }) => Math.max(received, PLACES.reduce((all, { id }) => all + places[id], 0))));
  const legend = sums(minutes);
  const said = legend.length === 0 ? 'Nothing was received in the last hour.' : legend.map(({ name, records }) => `${grouped(records)} ${name}`).join(', ');
  return (
    <div class="minutes">
      <div class="bars" role="img" aria-label={`Received by minute: ${said}`}>
        {legend.length > 0 && <span class="scale">{short(most)} a minute</span>}
        {minutes.map((minute) => (
          <Bar key={minute.at} minute={minute} most={most} />
        ))}
        {legend.length === 0 && <p class="nothing">{said}</p>}
      </div>
      <Times minutes={minutes} />
      <ul class="places">
        {legend.map(({ id, name, records }) => (
          <li key={id}>
            <i class={`place ${id}`} /> <b>{grouped(records)}</b> {name}
          </li>
        ))}
      </ul>
    </div>
  );
}

function Bar({ minute: { at, received, places }, most }: { minute: Minute; most: number }) {
  const there = PLACES.filter(({ id }) => places[id] > 0);
  const title = [`${writeTime(at, zone.value === 'utc').slice(0, 5)}  ${grouped(received)} received`, ...there.map(({ id, name }) => `${grouped(places[id])} ${name}`)].join('\n');
  return (
    <div class="minute" title={title}>
      {there.map(({ id }) => (
        <i key={id} class={`place ${id}`} style={{ height: `${(places[id] / most) * 100}%` }} />
      ))}
    </div>
  );
}

/** Under the bars, at the beginning of every quarter of an hour. */
function Times({ minutes }: { minutes: readonly Minute[] }) {
  const [first, last] = [minutes[0]?.at ?? 0, minutes.at(-1)?.at ?? 0];
  const utc = zone.value === 'utc';
  const offset = utc ? 0 : -new Date(last).getTimezoneOffset() * 60_000;
  const span = last - first + 60_000;
  return (
    <div class="times">
      {timeTicks(first, last, Math.ceil(span / QUARTER_MS), offset).ticks.map((at) => (
        <span key={at} style={{ left: `${((at - first) / span) * 100}%` }}>
          {writeTick(at, QUARTER_MS, utc)}
        </span>
      ))}
    </div>
  );
}
