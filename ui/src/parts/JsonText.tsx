import type { ComponentChildren } from 'preact';

const PIECES = /("(?:\\.|[^"\\])*")(\s*:)?|(-?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?|true|false|null)/g;

/** JSON in colours. */
export function JsonText({ text }: { text: string }) {
  const pieces: ComponentChildren[] = [];
  let at = 0;
  for (const match of text.matchAll(PIECES)) {
    const [whole, string, colon] = match;
    if (match.index > at) pieces.push(text.slice(at, match.index));
    const kind = colon !== undefined ? 't-field' : string !== undefined ? 't-value' : 't-number';
    pieces.push(
      <span key={match.index} class={kind}>
        {string ?? whole}
      </span>,
      colon,
    );
    at = match.index + whole.length;
  }
  pieces.push(text.slice(at));
  return <>{pieces}</>;
}
