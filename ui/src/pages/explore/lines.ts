// How high a wrapped row is, before it is drawn: the font has one width, so lines can be counted.

/** More is seen in the details of the row. */
export const LINES_MAX = 40;

export const LINE_HEIGHT = 17;
export const ROW_PADDING = 5;

/** Lines that a text takes, so many characters wide. */
export function linesOf(text: string, width: number): number {
  let lines = 0;
  let from = 0;
  while (from <= text.length && lines < LINES_MAX) {
    const newline = text.indexOf('\n', from);
    const end = newline < 0 ? text.length : newline;
    lines += Math.max(Math.ceil((end - from) / width), 1);
    from = end + 1;
  }
  return Math.max(Math.min(lines, LINES_MAX), 1);
}

/**
 * Tops of rows, computed once for each row as rows come.
 *
 * @param heightOf the height of a row; of one that is not there any more what it was is kept
 */
export class Tops {
  #tops = new Float64Array(1024);
  #known = 0;

  /** The tops of so many rows and the end of the last. */
  upTo(count: number, heightOf: (row: number) => number): Float64Array {
    if (count < this.#known) this.#known = 0;
    if (count + 1 > this.#tops.length) {
      const larger = new Float64Array(2 * (count + 1));
      larger.set(this.#tops);
      this.#tops = larger;
    }
    for (let row = this.#known; row < count; row++) this.#tops[row + 1] = (this.#tops[row] ?? 0) + heightOf(row);
    this.#known = count;
    return this.#tops;
  }
}
