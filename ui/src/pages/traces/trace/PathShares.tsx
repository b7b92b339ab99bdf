import { useMemo } from 'preact/hooks';
import { hue } from '../../../parts/hues.ts';
import { writeDuration } from '../../../time/duration.ts';
import { share } from '../share.ts';
import type { Piece } from './critical-path.ts';
import type { Trace } from './model.ts';

const NAMED_MAX = 7;

/** Whom the trace waited for: each service's share of the critical path. */
export function PathShares({ trace, pieces }: { trace: Trace; pieces: readonly Piece[] }) {
  const shares = useMemo(() => byService(trace, pieces), [trace, pieces]);
  const all = shares.reduce((sum, [, nanos]) => sum + nanos, 0);
  if (all === 0) return null;
  return (
    <section class="path-shares" aria-label="Whom the trace waited for">
      <span class="what">Waited for</span>
      <span class="stack" aria-hidden="true">
        {shares.map(([service, nanos]) => (
          <i key={service} title={`${service}: ${writeDuration(nanos)}`} style={{ flexGrow: nanos / all, background: hue(service) }} />
        ))}
      </span>
      <ul>
        {shares.slice(0, NAMED_MAX).map(([service, nanos]) => (
          <li key={service} title={`${writeDuration(nanos)} of the critical path`}>
            <i class="dot" style={{ background: hue(service) }} />
            {service} <b>{share(nanos / all)}</b>
          </li>
        ))}
        {shares.length > NAMED_MAX && <li class="dim">{shares.length - NAMED_MAX} more</li>}
      </ul>
    </section>
  );
}

function byService(trace: Trace, pieces: readonly Piece[]): readonly (readonly [string, number])[] {
  const times = new Map<string, number>();
  for (const { span, from, to } of pieces) {
    const service = trace.spans[span]?.service ?? '';
    times.set(service, (times.get(service) ?? 0) + to - from);
  }
  return [...times].sort((a, b) => b[1] - a[1]);
}
