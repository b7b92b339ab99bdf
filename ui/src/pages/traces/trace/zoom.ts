// The part of a trace's time that is on the screen. Pure arithmetic; nanoseconds since the trace's start.

export type Zoom = { readonly from: number; readonly to: number };

/** Closer than this nothing more is to be seen. */
export const ZOOM_MIN = 1_000;

/** `FROM-TO` in a link; everything if it is none, or not of this trace. */
export function zoomOf(text: string, length: number): Zoom {
  const [, from, to] = /^(\d+)-(\d+)$/.exec(text) ?? [];
  const zoom = { from: Number(from), to: Math.min(Number(to), length) };
  return from !== undefined && zoom.to > zoom.from ? zoom : whole(length);
}

export const zoomText = (zoom: Zoom, length: number): string | null =>
  zoom.from <= 0 && zoom.to >= length ? null : `${Math.round(zoom.from)}-${Math.round(zoom.to)}`;

export const whole = (length: number): Zoom => ({ from: 0, to: Math.max(length, 1) });

/** Between two moments, in any order; never closer than {@link ZOOM_MIN}, never outside of the trace. */
export function between(one: number, other: number, length: number): Zoom {
  const [low, high] = [Math.min(one, other), Math.max(one, other)];
  const missing = Math.max(ZOOM_MIN - (high - low), 0) / 2;
  return inside({ from: low - missing, to: high + missing }, length);
}

/** Wider (above 1) or closer, with `at` staying where it is. */
export function zoomed(zoom: Zoom, times: number, at: number, length: number): Zoom {
  const width = Math.max((zoom.to - zoom.from) * times, ZOOM_MIN);
  const share = (at - zoom.from) / (zoom.to - zoom.from);
  return inside({ from: at - share * width, to: at + (1 - share) * width }, length);
}

export const panned = (zoom: Zoom, by: number, length: number): Zoom => inside({ from: zoom.from + by, to: zoom.to + by }, length);

/** Moved into the trace without changing its width, unless it is wider than the trace. */
function inside({ from, to }: Zoom, length: number): Zoom {
  const width = to - from;
  if (width >= length) return whole(length);
  const start = Math.max(0, Math.min(from, length - width));
  return { from: start, to: start + width };
}

/** Where a span's bar lies, in shares of the width; null if it is off the screen. */
export function barOf(start: number, end: number, zoom: Zoom): { readonly left: number; readonly width: number; readonly cutLeft: boolean; readonly cutRight: boolean } | null {
  if (end < zoom.from || start > zoom.to) return null;
  const span = zoom.to - zoom.from;
  const left = Math.max((start - zoom.from) / span, 0);
  const right = Math.min((end - zoom.from) / span, 1);
  return { left, width: Math.max(right - left, 0), cutLeft: start < zoom.from, cutRight: end > zoom.to };
}

/** Where a label fits: behind the bar, before it, or on it. */
export function labelSide(left: number, width: number, labelShare: number): 'after' | 'before' | 'on' {
  if (left + width + labelShare <= 1) return 'after';
  return left >= labelShare ? 'before' : 'on';
}
