/** Of a span's row, in pixels; the same is in waterfall.css. */
export const LINE_HEIGHT = 24;

/** The height of what scrolls below the ruler, which stays. */
export const bodyHeight = (scroller: HTMLElement): number => scroller.clientHeight - ((scroller.firstElementChild as HTMLElement | null)?.offsetHeight ?? 0);
