// Terminals' colours in bodies. Only colours and weights are understood; every other sequence is taken out.

export type Painted = { readonly text: string; readonly class: string };

/** ECMA-48: control sequences, operating-system commands, and the short ones. */
// eslint-disable-next-line no-control-regex
const SEQUENCE = /\u001b(?:\[([0-?]*)[ -/]*([@-~])|\][^\u0007\u001b]*(?:\u0007|\u001b\\)?|[@-Z\\-_])/g;

export const hasAnsi = (text: string): boolean => text.includes('\u001b');

export const withoutAnsi = (text: string): string => (hasAnsi(text) ? text.replaceAll(SEQUENCE, '') : text);

const COLOURS = ['black', 'red', 'green', 'yellow', 'blue', 'magenta', 'cyan', 'white'] as const;

/** A text in pieces of one look each, by classes `ansi-red`, `ansi-bold`, … */
export function painted(text: string): readonly Painted[] {
  const pieces: Painted[] = [];
  let look: Look = PLAIN;
  let at = 0;
  const upTo = (end: number): void => {
    if (end > at) pieces.push({ text: text.slice(at, end), class: classOf(look) });
  };
  for (const match of text.matchAll(SEQUENCE)) {
    upTo(match.index);
    if (match[2] === 'm') look = after(look, match[1] ?? '');
    at = match.index + match[0].length;
  }
  upTo(text.length);
  return pieces;
}

type Look = { readonly colour: string; readonly bold: boolean; readonly dim: boolean };

const PLAIN: Look = { colour: '', bold: false, dim: false };

/** The look after an SGR sequence. Colours beyond the sixteen have no name and are left out. */
function after(look: Look, codes: string): Look {
  const numbers = codes.split(/[;:]/).map(Number);
  let next = look;
  for (let at = 0; at < numbers.length; at++) {
    const code = numbers[at] ?? 0;
    if (code === 38 || code === 48) at += numbers[at + 1] === 5 ? 2 : 4;
    else if (code === 0) next = PLAIN;
    else if (code === 1) next = { ...next, bold: true };
    else if (code === 2) next = { ...next, dim: true };
    else if (code === 22) next = { ...next, bold: false, dim: false };
    else if (code === 39) next = { ...next, colour: '' };
    else if ((code >= 30 && code < 38) || (code >= 90 && code < 98)) next = { ...next, colour: COLOURS[code % 10] ?? '' };
  }
  return next;
}

const classOf = (look: Look): string =>
  [look.colour && `ansi-${look.colour}`, look.bold && 'ansi-bold', look.dim && 'ansi-dim'].filter(Boolean).join(' ');
