// Which part of a drawing is on the screen: moved and scaled. Pure arithmetic.

export type Camera = { readonly x: number; readonly y: number; readonly scale: number };

export type Size = { readonly width: number; readonly height: number };

const SCALE_MIN = 0.15;
const SCALE_MAX = 2.5;
const MARGIN = 28;

/** All of it, in the middle; small drawings are not blown up. */
export function fitted(drawing: Size, screen: Size): Camera {
  const wide = (screen.width - 2 * MARGIN) / Math.max(drawing.width, 1);
  const high = (screen.height - 2 * MARGIN) / Math.max(drawing.height, 1);
  const scale = Math.max(SCALE_MIN, Math.min(wide, high, 1.1));
  return { scale, x: (screen.width - drawing.width * scale) / 2, y: (screen.height - drawing.height * scale) / 2 };
}

/** Larger or smaller, with a point of the screen staying where it is. */
export function scaledAt(camera: Camera, times: number, x: number, y: number): Camera {
  const scale = Math.max(SCALE_MIN, Math.min(camera.scale * times, SCALE_MAX));
  const by = scale / camera.scale;
  return { scale, x: x - (x - camera.x) * by, y: y - (y - camera.y) * by };
}

export const movedBy = (camera: Camera, x: number, y: number): Camera => ({ ...camera, x: camera.x + x, y: camera.y + y });
