import type { LogRow } from '../../api/types.ts';
import { stored } from '../../app/stored.ts';
import type { Column } from '../../parts/columns.ts';
import { JsonText } from '../../parts/JsonText.tsx';
import { writeNanos } from '../../time/write.ts';
import { valueOf } from './fields.ts';
import { type Piece, piecesOf } from './marks.ts';
import { levelOf } from './severity.ts';

const WIDTHS_USUAL: Readonly<Record<string, number>> = {
  Timestamp: 116,
  level: 64,
  service: 130,
  namespace: 110,
  pod: 220,
  node: 90,
  trace_id: 250,
  span_id: 140,
  Body: 320,
};
const WIDTH_OTHER = 150;

/** What a date in front of the time takes. */
export const WIDTH_DATE = 84;

export const widths = stored<Readonly<Record<string, number>>>('logs.widths', (json) =>
  typeof json === 'object' && json !== null ? (json as Record<string, number>) : {},
);

const widthOf = (id: string): number => widths.value[id] ?? WIDTHS_USUAL[id] ?? WIDTH_OTHER;

export type Look = {
  readonly fields: readonly string[];
  readonly utc: boolean;
  /** Whether the rows are of several days. */
  readonly dates: boolean;
  readonly marker: RegExp | null;
  readonly json: boolean;
  readonly wrap: boolean;
};

/** The time, the chosen fields, and what the row says. */
export function logColumns({ fields, utc, dates, marker, json, wrap }: Look): readonly Column<LogRow>[] {
  return [
    {
      id: 'Timestamp',
      name: utc ? 'Time (UTC)' : 'Time',
      width: widthOf('Timestamp') + (dates ? WIDTH_DATE : 0),
      class: 'time',
      cell: (row) => {
        const text = writeNanos(row.Timestamp, utc, 3);
        return (
          <>
            <i class={`severity back-${levelOf(row.SeverityNumber, row.SeverityText)}`} />
            {dates && <span class="date">{text.slice(0, 11)}</span>}
            {text.slice(11)}
          </>
        );
      },
    },
    ...fields.map((field) => fieldColumn(field)),
    {
      id: 'Body',
      name: json ? 'JSON' : 'Body',
      width: widthOf('Body'),
      class: wrap ? 'wrapped' : '',
      cell: (row) => (json ? <JsonText text={jsonOf(row)} /> : <Marked pieces={piecesOf(textOf(row, wrap), marker)} />),
    },
  ];
}

function fieldColumn(field: string): Column<LogRow> {
  return {
    id: field,
    name: field,
    width: widthOf(field),
    class: 'field',
    cell: (row) => {
      const value = valueOf(row, field);
      return field === 'level' ? <span class={`text-${value}`}>{value}</span> : value;
    },
  };
}

/** What a row says, on one line or as it is. */
export function textOf(row: LogRow, wrap: boolean): string {
  const text = row.Body ?? row.EventName ?? '';
  return wrap ? text.replaceAll('\t', '  ') : text.replaceAll(/\s*[\r\n]+\s*/g, ' ⏎ ').slice(0, 2000);
}

export const jsonOf = (row: LogRow): string => JSON.stringify({ ...row, id: undefined });

function Marked({ pieces }: { pieces: readonly Piece[] }) {
  return <>{pieces.map((piece, at) => (piece.marked ? <mark key={at}>{piece.text}</mark> : piece.text))}</>;
}
