import { clamp } from './window.ts';
import { type Column, gridOf, WIDTH_MAX, WIDTH_MIN } from './columns.ts';

type Props<Row> = {
  readonly columns: readonly Column<Row>[];
  readonly onResize?: ((id: string, width: number) => void) | undefined;
  readonly onReorder?: ((id: string, to: string) => void) | undefined;
};

/** A table's head: its names; their edges can be dragged to another width, they themselves to another place. */
export function TableHead<Row>({ columns, onResize, onReorder }: Props<Row>) {
  return (
    <div class="head" role="row" aria-rowindex={1}>
      {columns.map((column, at) => (
        <div
          key={column.id}
          role="columnheader"
          class={`cell ${column.align ?? ''}`}
          draggable={onReorder !== undefined}
          onDragStart={(event) => event.dataTransfer?.setData('text/lodge-column', column.id)}
          onDragOver={(event) => event.dataTransfer?.types.includes('text/lodge-column') && event.preventDefault()}
          onDrop={(event) => onReorder?.(event.dataTransfer?.getData('text/lodge-column') ?? '', column.id)}
        >
          <span>{column.name}</span>
          {onResize && at < columns.length - 1 && (
            <Edge name={column.name} widths={columns.map((other) => other.width)} at={at} onResize={(width) => onResize(column.id, width)} />
          )}
        </div>
      ))}
    </div>
  );
}

type EdgeProps = {
  readonly name: string;
  readonly widths: readonly number[];
  readonly at: number;
  readonly onResize: (width: number) => void;
};

/** While it is dragged only a CSS property changes; nothing is rendered. Arrows move it too. */
function Edge({ name, widths, at, onResize }: EdgeProps) {
  const before = widths[at] ?? 0;
  const drag = (down: PointerEvent): void => {
    const edge = down.currentTarget as HTMLElement;
    const table = edge.closest<HTMLElement>('.table');
    let width = before;
    const move = (event: PointerEvent): void => {
      width = clamp(before + event.clientX - down.clientX, WIDTH_MIN, WIDTH_MAX);
      table?.style.setProperty('--grid', gridOf(widths.map((other, index) => (index === at ? width : other))));
    };
    const end = (): void => {
      edge.removeEventListener('pointermove', move);
      onResize(Math.round(width));
    };
    down.preventDefault();
    edge.setPointerCapture(down.pointerId);
    edge.addEventListener('pointermove', move);
    edge.addEventListener('lostpointercapture', end, { once: true });
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    const by = { ArrowLeft: -16, ArrowRight: 16 }[event.key];
    if (by === undefined) return;
    event.preventDefault();
    event.stopPropagation();
    onResize(clamp(before + by, WIDTH_MIN, WIDTH_MAX));
  };
  return (
    <i
      class="edge"
      role="separator"
      aria-orientation="vertical"
      aria-label={`Width of ${name}`}
      aria-valuenow={before}
      tabIndex={0}
      onPointerDown={drag}
      onKeyDown={onKeyDown}
      onClick={(event) => event.stopPropagation()}
    />
  );
}
