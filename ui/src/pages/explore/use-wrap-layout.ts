import { useMemo } from 'preact/hooks';
import type { FoundRow } from '../../api/types.ts';
import { type Layout, unevenLayout } from '../../parts/window.ts';
import { LINE_HEIGHT, linesOf, ROW_PADDING, Tops } from './lines.ts';

type Input = {
  readonly on: boolean;
  readonly count: number;
  readonly rowAt: (index: number) => FoundRow | undefined;
  readonly text: (row: FoundRow) => string;
  /** Pixels that the text has. */
  readonly width: number;
  /** Whatever makes all heights new: another search, another text. */
  readonly generation: string;
};

/** Where wrapped rows lie; undefined while nothing is wrapped. */
export function useWrapLayout({ on, count, rowAt, text, width, generation }: Input): Layout | undefined {
  const characters = Math.max(Math.floor(width / characterWidth()), 20);
  const tops = useMemo(() => new Tops(), [characters, generation]);
  if (!on) return undefined;
  const heightOf = (index: number): number => {
    const row = rowAt(index);
    return (row ? linesOf(text(row), characters) : 1) * LINE_HEIGHT + ROW_PADDING;
  };
  return unevenLayout(tops.upTo(count, heightOf), count);
}

let measured = 0;

/** Of the font of tables, in pixels. */
function characterWidth(): number {
  if (measured === 0) {
    const probe = document.createElement('span');
    probe.className = 'mono off-screen';
    probe.textContent = 'x'.repeat(100);
    probe.style.width = 'auto';
    document.body.append(probe);
    measured = probe.getBoundingClientRect().width / 100 || 7.2;
    probe.remove();
  }
  return measured;
}
