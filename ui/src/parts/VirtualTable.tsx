import { Component, type ComponentChildren } from 'preact';
import { useEffect, useLayoutEffect, useRef, useState } from 'preact/hooks';
import { type Column, gridOf } from './columns.ts';
import { TableHead } from './TableHead.tsx';
import { evenLayout, type Layout, scrollTo, windowAt } from './window.ts';

export const ROW_HEIGHT = 22;

/** Drawn above and below the screen, so that quick scrolling finds them there. */
const SPARE_ROWS = 8;

type Props<Row> = {
  /** What it is a table of, for screen readers. */
  readonly label: string;
  readonly count: number;
  /** Undefined while it is not loaded. */
  readonly rowAt: (index: number) => Row | undefined;
  readonly columns: readonly Column<Row>[];
  /** Where rows lie; without it all are {@link ROW_HEIGHT} high. */
  readonly layout?: Layout | undefined;
  /** The row that j, k and arrows move; -1 for none. */
  readonly selected: number;
  readonly onSelect: (index: number) => void;
  readonly onOpen?: (index: number) => void;
  /** Which rows are on the screen: what is missing of them should be loaded. */
  readonly onShown?: (first: number, end: number) => void;
  readonly onResize?: (id: string, width: number) => void;
  readonly onReorder?: (id: string, to: string) => void;
  readonly rowClass?: (row: Row) => string;
  /** Rows were put in front of the first: what is on the screen stays where it is, unless it is the top. */
  readonly grownBy?: number;
  /** Under the rows, or instead of them. */
  readonly children?: ComponentChildren;
};

/**
 * A table of up to millions of rows, of which only those on the screen exist. Elements are used again as rows come and
 * go: a row's element is the one of its number modulo their count.
 */
export function VirtualTable<Row>(props: Props<Row>) {
  const { count, columns, selected, onShown } = props;
  const layout = props.layout ?? evenLayout(count, ROW_HEIGHT);
  const scroller = useRef<HTMLDivElement>(null);
  const [view, setView] = useState({ top: 0, height: 600 });
  const shown = windowAt(layout, view.top, view.height, SPARE_ROWS);

  useMeasured(scroller, setView);
  useEffect(() => onShown?.(shown.first, shown.end), [shown.first, shown.end, count]);
  useSelectedOnScreen(scroller, layout, selected, view.height);
  useSteadyGrowth(scroller, props.grownBy ?? 0);

  const widths = columns.map((column) => column.width);
  const page = shown.end - shown.first;
  // One number of elements wherever the window is, so that each element keeps its key.
  const pool = Math.max(page, Math.ceil(view.height / ROW_HEIGHT) + 2 * SPARE_ROWS + 2);
  const rows: ComponentChildren[] = [];
  for (let index = shown.first; index < shown.end; index++) {
    rows.push(
      <TableRow
        key={index % pool}
        table={props}
        index={index}
        row={props.rowAt(index)}
        height={layout.topOf(index + 1) - layout.topOf(index)}
        selected={index === selected}
      />,
    );
  }

  return (
    <div
      class="table"
      ref={scroller}
      role="grid"
      aria-label={props.label}
      aria-rowcount={count + 1}
      aria-colcount={columns.length}
      aria-activedescendant={selected >= shown.first && selected < shown.end ? `row-${selected}` : undefined}
      tabIndex={0}
      style={{ '--grid': gridOf(widths), '--least': `${widths.reduce((sum, width) => sum + width, 0)}px` }}
      onScroll={(event) => setView({ top: event.currentTarget.scrollTop, height: bodyHeight(event.currentTarget) })}
      onKeyDown={(event) => moveSelection(event, props, page)}
    >
      <TableHead columns={columns} onResize={props.onResize} onReorder={props.onReorder} />
      <div class="body" role="rowgroup" style={{ height: `${shown.height}px` }}>
        <div class="rows" style={{ transform: `translateY(${shown.offset}px)` }}>
          {rows}
        </div>
      </div>
      {props.children}
    </div>
  );
}

type RowProps<Row> = {
  readonly table: Props<Row>;
  readonly index: number;
  readonly row: Row | undefined;
  readonly height: number;
  readonly selected: boolean;
};

/** Drawn again only if something of it has changed: while a table scrolls, few of its rows do. */
class TableRow<Row> extends Component<RowProps<Row>> {
  override shouldComponentUpdate(next: RowProps<Row>): boolean {
    const now = this.props;
    return next.row !== now.row || next.index !== now.index || next.height !== now.height || next.selected !== now.selected || next.table !== now.table;
  }

  override render() {
    const { table, index, row, height, selected } = this.props;
    return (
      <div
        id={`row-${index}`}
        class={`row ${row === undefined ? 'waiting' : (table.rowClass?.(row) ?? '')}`}
        role="row"
        aria-rowindex={index + 2}
        aria-selected={selected}
        style={{ height: `${height}px` }}
        onClick={() => {
          // Who marks text wants to copy it.
          if (getSelection()?.type === 'Range') return;
          table.onSelect(index);
          table.onOpen?.(index);
        }}
      >
        {table.columns.map((column) => (
          <div key={column.id} role="gridcell" class={`cell ${column.class ?? ''} ${column.align ?? ''}`}>
            {row === undefined ? <i class="waits" /> : column.cell(row)}
          </div>
        ))}
      </div>
    );
  }
}

/** The height of what scrolls below the head, which stays. */
function bodyHeight(scroller: HTMLElement): number {
  const head = scroller.firstElementChild as HTMLElement | null;
  return scroller.clientHeight - (head?.offsetHeight ?? 0);
}

type View = { readonly top: number; readonly height: number };

function useMeasured(scroller: { current: HTMLElement | null }, set: (view: View) => void): void {
  useLayoutEffect(() => {
    const element = scroller.current;
    if (!element) return;
    const observer = new ResizeObserver(() => set({ top: element.scrollTop, height: bodyHeight(element) }));
    observer.observe(element);
    return () => observer.disconnect();
  }, []);
}

function useSelectedOnScreen(scroller: { current: HTMLElement | null }, layout: Layout, selected: number, height: number): void {
  useLayoutEffect(() => {
    const element = scroller.current;
    if (!element || selected < 0 || selected >= layout.count) return;
    element.scrollTop = scrollTo(layout, selected, element.scrollTop, bodyHeight(element));
    // Also when something that opens takes room from the table.
  }, [selected, height]);
}

function useSteadyGrowth(scroller: { current: HTMLElement | null }, grownBy: number): void {
  const before = useRef(grownBy);
  useLayoutEffect(() => {
    const element = scroller.current;
    const rows = grownBy - before.current;
    before.current = grownBy;
    if (element && rows > 0 && element.scrollTop > 0) element.scrollTop += rows * ROW_HEIGHT;
  }, [grownBy]);
}

function moveSelection<Row>(event: KeyboardEvent, table: Props<Row>, page: number): void {
  if (event.target !== event.currentTarget || event.ctrlKey || event.metaKey || event.altKey) return;
  const at = table.selected;
  const jump = Math.max(page - 2 * SPARE_ROWS - 2, 1);
  const to = { ArrowDown: at + 1, ArrowUp: at - 1, PageDown: at + jump, PageUp: at - jump, Home: 0, End: table.count - 1 }[event.key];
  if (to !== undefined) table.onSelect(Math.max(0, Math.min(to, table.count - 1)));
  else if (event.key === 'Enter' && at >= 0) table.onOpen?.(at);
  else return;
  event.preventDefault();
  event.stopPropagation();
}
