import type { ServiceFigures } from '../../../api/traces.ts';
import { hue } from '../../../parts/hues.ts';
import { short } from '../../../parts/numbers.ts';
import { writeDuration } from '../../../time/duration.ts';
import { writeRate } from '../rate.ts';
import { share } from '../share.ts';
import type { Placed } from './layout.ts';
import { NODE } from './ServiceMap.tsx';

type Props = {
  readonly place: Placed;
  /** Undefined for a service that is called but sends no spans. */
  readonly figures: ServiceFigures | undefined;
  readonly focused: boolean;
  readonly apart: boolean;
  readonly onOpen: () => void;
};

const NAME_MAX = 24;

/** A service. */
export function MapNode({ place: { name, x, y }, figures, focused, apart, onOpen }: Props) {
  const errors = figures?.error_rate ?? 0;
  const asked = Number(figures?.requests ?? 0) > 0;
  const said = figures && asked ? `${writeRate(figures.rate)} requests, ${share(errors)} errors, p95 ${writeDuration(figures.p95)}` : withoutRequests(figures);
  return (
    <g
      class={`node${focused ? ' focused' : ''}${apart ? ' apart' : ''}${errors >= 0.01 ? ' failing' : ''}`}
      transform={`translate(${x} ${y})`}
      role="button"
      tabindex={0}
      aria-pressed={focused}
      aria-label={`${name}: ${said}`}
      onClick={onOpen}
      onKeyDown={(event) => {
        if (event.key !== 'Enter' && event.key !== ' ') return;
        event.preventDefault();
        event.stopPropagation();
        onOpen();
      }}
    >
      <title>{`${name}: ${said}`}</title>
      <rect class="card" width={NODE.width} height={NODE.height} rx="7" />
      <rect class="strip" width="4" height={NODE.height - 16} x="7" y="8" rx="2" style={{ fill: hue(name) }} />
      <text class="name" x="19" y="22">
        {name.length > NAME_MAX ? `${name.slice(0, NAME_MAX - 1)}…` : name}
      </text>
      {figures && asked ? (
        <>
          <Value x={19} name="rate" value={writeRate(figures.rate)} />
          <Value x={76} name="errors" value={errors > 0 ? share(errors) : '–'} wrong={errors > 0} />
          <Value x={128} name="p95" value={writeDuration(figures.p95)} />
        </>
      ) : (
        <text class="label" x="19" y="45">
          {withoutRequests(figures)}
        </text>
      )}
    </g>
  );
}

/** Rate, errors and durations are those of a service's requests: of spans of servers and consumers, or without a parent. */
const withoutRequests = (figures: ServiceFigures | undefined): string => (figures ? `${short(figures.spans)} spans, none a server's` : 'sends no spans');

function Value({ x, name, value, wrong }: { x: number; name: string; value: string; wrong?: boolean }) {
  return (
    <>
      <text class={`value${wrong ? ' wrong' : ''}`} x={x} y="39">
        {value}
      </text>
      <text class="label" x={x} y="52">
        {name}
      </text>
    </>
  );
}
