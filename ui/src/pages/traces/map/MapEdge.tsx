import type { ServiceEdge } from '../../../api/traces.ts';
import { writeDuration } from '../../../time/duration.ts';
import { writeRate } from '../rate.ts';
import { share } from '../share.ts';
import { curve, labelPoint } from './curve.ts';
import type { Point } from './layout.ts';

type Props = {
  readonly edge: ServiceEdge;
  readonly points: readonly Point[];
  /** Calls of the busiest arrow. */
  readonly most: number;
  readonly seconds: number;
  /** How many services its caller calls, and how many call its callee. */
  readonly callees: number;
  readonly callers: number;
  /** Not next to the service that is looked at. */
  readonly apart: boolean;
};

/** Calls from one service to another: as thick as they are many, red for the share that failed. */
export function MapEdge({ edge, points, most, seconds, callees, callers, apart }: Props) {
  const errors = Number(edge.errors) / Math.max(Number(edge.calls), 1);
  const width = 1.2 + 2.6 * (Math.log1p(Number(edge.calls)) / Math.log1p(most));
  const { x, y } = labelPoint(points, callees, callers);
  const path = curve(points);
  return (
    <g class={`edge${apart ? ' apart' : ''}${errors >= 0.01 ? ' failing' : ''}`}>
      <title>{`${edge.from} → ${edge.to}: ${edge.calls} calls, ${share(errors)} failed${edge.p95 ? `, p95 ${writeDuration(edge.p95)}` : ''}`}</title>
      <path class="reach" d={path} />
      <path class="shaft" d={path} style={{ strokeWidth: width }} marker-end="url(#arrow)" />
      <text x={x} y={y - 5} text-anchor="middle">
        {writeRate(Number(edge.calls) / seconds)}
        {errors > 0 && <tspan class="errors"> {share(errors)}</tspan>}
      </text>
      {edge.p95 !== undefined && (
        <text class="took" x={x} y={y + 12} text-anchor="middle">
          {writeDuration(edge.p95)}
        </text>
      )}
    </g>
  );
}
