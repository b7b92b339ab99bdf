// Levels as everybody names them, from the least to the most severe; `none` for records that say nothing.

export const LEVELS = ['trace', 'debug', 'info', 'warn', 'error', 'fatal', 'none'] as const;

export type Level = (typeof LEVELS)[number];

const WORDS: Readonly<Record<string, Level>> = {
  trace: 'trace', trce: 'trace', verbose: 'trace', finest: 'trace',
  debug: 'debug', dbug: 'debug', fine: 'debug',
  info: 'info', information: 'info', informational: 'info', notice: 'info', log: 'info',
  warn: 'warn', warning: 'warn',
  error: 'error', err: 'error', eror: 'error', severe: 'error',
  fatal: 'fatal', critical: 'fatal', crit: 'fatal', alert: 'fatal', emerg: 'fatal', emergency: 'fatal', panic: 'fatal',
};

/** By the number where there is one, else by the text: as the server's `level` does. */
export function levelOf(number: number | undefined, text: string | undefined): Level {
  if (number !== undefined && number > 0) return LEVELS[Math.min(Math.floor((number - 1) / 4), 5)] ?? 'none';
  return WORDS[(text ?? '').toLowerCase()] ?? 'none';
}

/** From the axis of a chart upwards: what is severe stands on the axis, where it can be compared. */
export const LEVEL_STACK: readonly Level[] = ['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'none'];

/** Whether these names are levels, whichever words for them: then they have an order and colours of their own. */
export const areLevels = (names: readonly string[]): boolean =>
  names.some((name) => levelOf(undefined, name) !== 'none') && names.every((name) => name === '' || name === 'none' || levelOf(undefined, name) !== 'none');
