import { useEffect, useRef } from 'preact/hooks';

export type Surface = {
  readonly context: CanvasRenderingContext2D;
  /** CSS pixels; the context is scaled to them. */
  readonly width: number;
  readonly height: number;
  /** A token's colour in the theme of now, as `--accent`. */
  readonly colour: (token: string) => string;
};

/** A canvas that is drawn again when it is resized, when the theme changes, and when one of `inputs` does. */
export function useCanvas(draw: (surface: Surface) => void, inputs: readonly unknown[]) {
  const canvas = useRef<HTMLCanvasElement>(null);
  const latest = useRef(draw);
  latest.current = draw;
  useEffect(() => {
    const element = canvas.current;
    if (!element) return;
    let frame = 0;
    const later = (): void => {
      cancelAnimationFrame(frame);
      frame = requestAnimationFrame(() => paint(element, latest.current));
    };
    const sizes = new ResizeObserver(later);
    sizes.observe(element);
    const themes = new MutationObserver(later);
    themes.observe(document.documentElement, { attributeFilter: ['data-theme'] });
    const system = matchMedia('(prefers-color-scheme: dark)');
    system.addEventListener('change', later);
    return () => {
      cancelAnimationFrame(frame);
      sizes.disconnect();
      themes.disconnect();
      system.removeEventListener('change', later);
    };
  }, []);
  useEffect(() => {
    if (canvas.current) paint(canvas.current, latest.current);
  }, inputs);
  return canvas;
}

function paint(canvas: HTMLCanvasElement, draw: (surface: Surface) => void): void {
  const context = canvas.getContext('2d');
  const { clientWidth: width, clientHeight: height } = canvas;
  if (!context || width === 0 || height === 0) return;
  const scale = devicePixelRatio || 1;
  if (canvas.width !== Math.round(width * scale) || canvas.height !== Math.round(height * scale)) {
    canvas.width = Math.round(width * scale);
    canvas.height = Math.round(height * scale);
  }
  context.setTransform(scale, 0, 0, scale, 0, 0);
  context.clearRect(0, 0, width, height);
  draw({ context, width, height, colour: colours(canvas) });
}

/** Tokens hold `light-dark()`, which only a real property resolves. */
function colours(canvas: HTMLCanvasElement): (token: string) => string {
  const known = new Map<string, string>();
  const style = getComputedStyle(canvas);
  return (token) => {
    const found = known.get(token);
    if (found !== undefined) return found;
    canvas.style.color = `var(${token})`;
    const colour = style.color;
    canvas.style.color = '';
    known.set(token, colour);
    return colour;
  };
}
