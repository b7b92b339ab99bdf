import type { Place } from '../../app/url.ts';
import { place } from '../../app/router.ts';

/** A trace's page; the search it was found by stays in the link, so that the way back leads there. */
export function traceLink(id: string, span?: string): Place {
  const { span: _, zoom: __, ...kept } = place.value.params;
  return { path: `/trace/${encodeURIComponent(id)}`, params: span === undefined ? kept : { ...kept, span } };
}

/** From a trace back to the search. */
export function searchLink(): Place {
  const { span: _, zoom: __, ...kept } = place.value.params;
  return { path: '/traces', params: kept };
}

/** Logs with a trace's id, from a little before its start to a little after its end. */
export function logsLink(traceId: string, startNanos: bigint, lengthNanos: number, spanId?: string): Place {
  const start = Number(startNanos / 1_000_000n);
  const spare = Math.max(60_000, lengthNanos / 1e6);
  return {
    path: '/logs',
    params: {
      q: spanId === undefined ? `trace_id:${traceId}` : `trace_id:${traceId} span_id:${spanId}`,
      from: new Date(Math.floor(start - spare)).toISOString(),
      to: new Date(Math.ceil(start + lengthNanos / 1e6 + spare)).toISOString(),
    },
  };
}
