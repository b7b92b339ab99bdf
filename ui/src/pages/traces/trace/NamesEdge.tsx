import { stored } from '../../../app/stored.ts';
import { clamp } from '../../../parts/window.ts';

const MIN = 160;
const MAX = 900;

/** How wide the column of names is, in pixels. */
export const namesWidth = stored<number>('trace.names', (json) => (typeof json === 'number' ? clamp(json, MIN, MAX) : 380));

/** The edge between names and time. */
export function NamesEdge({ width }: { width: number }) {
  const drag = (down: PointerEvent): void => {
    const edge = down.currentTarget as HTMLElement;
    down.preventDefault();
    down.stopPropagation();
    edge.setPointerCapture(down.pointerId);
    const move = (event: PointerEvent): void => void (namesWidth.value = clamp(width + event.clientX - down.clientX, MIN, MAX));
    edge.addEventListener('pointermove', move);
    edge.addEventListener('lostpointercapture', () => edge.removeEventListener('pointermove', move), { once: true });
  };
  return (
    <i
      class="edge"
      role="separator"
      aria-orientation="vertical"
      aria-label="Width of the names"
      aria-valuenow={Math.round(width)}
      tabIndex={0}
      onPointerDown={drag}
      onKeyDown={(event) => {
        const by = { ArrowLeft: -20, ArrowRight: 20 }[event.key];
        if (by === undefined) return;
        event.preventDefault();
        event.stopPropagation();
        namesWidth.value = clamp(width + by, MIN, MAX);
      }}
    />
  );
}
