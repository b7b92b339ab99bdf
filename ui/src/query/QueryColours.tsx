import type { ComponentChildren } from 'preact';
import type { Fault } from '../api/fault.ts';
import { tokensOf } from './tokens.ts';

/** A search in colours, with the place of its fault underlined. */
export function QueryColours({ query, fault }: { query: string; fault?: Fault | null }) {
  const wrongFrom = fault?.from ?? -1;
  // What is missing has no width of its own: the character before it is marked, or one behind the end.
  const wrongTo = Math.max(fault?.to ?? -1, wrongFrom + 1);
  const pieces: ComponentChildren[] = [];
  for (const { kind, from, to } of tokensOf(query)) {
    // A token that is wrong in part is cut, so that exactly that part is underlined.
    const cuts = [from, wrongFrom, wrongTo, to].filter((at) => at >= from && at <= to).sort((a, b) => a - b);
    for (let at = 0; at + 1 < cuts.length; at++) {
      const [start = 0, end = 0] = [cuts[at], cuts[at + 1]];
      if (start === end) continue;
      const wrong = start >= wrongFrom && end <= wrongTo ? ' wrong-here' : '';
      pieces.push(
        <span key={start} class={`t-${kind}${wrong}`}>
          {query.slice(start, end)}
        </span>,
      );
    }
  }
  if (wrongFrom >= query.length) pieces.push(<span key="end" class="wrong-here">{' '}</span>);
  return <>{pieces}</>;
}
