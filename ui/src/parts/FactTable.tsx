import type { ComponentChildren } from 'preact';
import { useState } from 'preact/hooks';
import { Icon } from './Icon.tsx';
import './facts.css';

/** A column of a {@link FactTable}; what has a `sort` value can be sorted by. */
export type Fact<Row> = {
  readonly id: string;
  readonly name: string;
  readonly title?: string;
  readonly align?: 'right';
  readonly cell: (row: Row) => ComponentChildren;
  readonly sort?: (row: Row) => number | string;
};

type Props<Row> = {
  readonly label: string;
  readonly rows: readonly Row[];
  readonly keyOf: (row: Row) => string;
  readonly facts: readonly Fact<Row>[];
  /** The column it is sorted by at first; with a minus in front, the largest first. */
  readonly sortedBy?: string;
  readonly rowClass?: (row: Row) => string;
  readonly onOpen?: (row: Row) => void;
};

/** A table of up to some hundred rows, dense figures mostly, sorted by a click on a head. */
export function FactTable<Row>({ label, rows, keyOf, facts, sortedBy = '', rowClass, onOpen }: Props<Row>) {
  const [by, setBy] = useState(sortedBy);
  const id = by.replace(/^-/, '');
  const down = by.startsWith('-');
  const sorted = sortedRows(rows, facts.find((fact) => fact.id === id)?.sort, down);
  return (
    <table class="facts" aria-label={label}>
      <thead>
        <tr>
          {facts.map(({ id: of, name, title, align, sort }) => (
            <th key={of} scope="col" class={align} title={title} aria-sort={id === of ? (down ? 'descending' : 'ascending') : undefined}>
              {sort ? (
                <button type="button" onClick={() => setBy(id === of ? (down ? of : `-${of}`) : align === 'right' ? `-${of}` : of)}>
                  {name}
                  {id === of && <Icon name={down ? 'down' : 'up'} />}
                </button>
              ) : (
                name
              )}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {sorted.map((row) => (
          <tr key={keyOf(row)} class={`${rowClass?.(row) ?? ''}${onOpen ? ' opens' : ''}`} onClick={onOpen && (() => getSelection()?.type !== 'Range' && onOpen(row))}>
            {facts.map(({ id: of, align, cell }) => (
              <td key={of} class={align}>
                {cell(row)}
              </td>
            ))}
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function sortedRows<Row>(rows: readonly Row[], value: ((row: Row) => number | string) | undefined, down: boolean): readonly Row[] {
  if (value === undefined) return rows;
  const sorted = [...rows].sort((a, b) => {
    const [one, other] = [value(a), value(b)];
    return one < other ? -1 : one > other ? 1 : 0;
  });
  return down ? sorted.reverse() : sorted;
}
