import type { FoundRow } from '../../api/types.ts';
import { Fragment } from 'preact';
import { stored } from '../../app/stored.ts';
import type { Column } from '../../parts/columns.ts';
import { JsonText } from '../../parts/JsonText.tsx';
import { writeNanos } from '../../time/write.ts';
import { valueOf } from './fields.ts';
import { withoutAnsi } from './ansi.ts';
import { rowColour } from './colours.ts';
import { type Piece, piecesOf } from './marks.ts';
import { laidOut, type Said, saidBy } from './said.ts';
import type { Source } from './sources.ts';

const WIDTHS_USUAL: Readonly<Record<string, number>> = {
  Timestamp: 116,
  level: 64,
  service: 130,
  namespace: 110,
  pod: 220,
  node: 90,
  trace_id: 250,
  span_id: 140,
  dataset: 150,
  event: 140,
  logger: 170,
  status: 64,
  Body: 320,
};
const WIDTH_OTHER = 150;

/** Of an event on one line: more is beyond any screen. */
const PAIRS_MAX = 40;

/** What a date in front of the time takes. */
export const WIDTH_DATE = 84;

export const widths = stored<Readonly<Record<string, number>>>('rows.widths', (json) =>
  typeof json === 'object' && json !== null ? (json as Record<string, number>) : {},
);

const widthOf = (id: string): number => widths.value[id] ?? WIDTHS_USUAL[id] ?? WIDTH_OTHER;

export type Look = {
  readonly source: Source;
  /** The field that rows are coloured by. */
  readonly by: string;
  readonly fields: readonly string[];
  readonly utc: boolean;
  /** Whether the rows are of several days. */
  readonly dates: boolean;
  readonly marker: RegExp | null;
  readonly json: boolean;
  readonly wrap: boolean;
};

/** The time, the chosen fields, and what the row says. */
export function rowColumns({ source, fields, utc, dates, marker, json, wrap }: Look): readonly Column<FoundRow>[] {
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
            <i class="severity" style={{ background: rowColour(row) }} />
            {dates && <span class="date">{text.slice(0, 11)}</span>}
            {text.slice(11)}
          </>
        );
      },
    },
    ...fields.map((field) => fieldColumn(field, source)),
    {
      id: 'Body',
      name: json ? 'JSON' : source.says,
      width: widthOf('Body'),
      class: wrap ? 'wrapped' : '',
      cell: (row) => (json ? <JsonText text={jsonOf(row)} /> : <SaidText said={saidBy(row, source, fields)} marker={marker} wrap={wrap} />),
    },
  ];
}

function fieldColumn(field: string, source: Source): Column<FoundRow> {
  return {
    id: field,
    name: field,
    width: widthOf(field),
    class: 'field',
    cell: (row) => {
      const value = valueOf(row, field, source);
      return field === 'level' ? <span class={`text-${value}`}>{value}</span> : value;
    },
  };
}

export const jsonOf = (row: FoundRow): string => JSON.stringify({ ...row, id: undefined });

type SaidProps = { readonly said: readonly Said[]; readonly marker: RegExp | null; readonly wrap: boolean };

/** A text, or names with their values. */
function SaidText({ said, marker, wrap }: SaidProps) {
  return (
    <>
      {said.slice(0, PAIRS_MAX).map(({ name, text }, at) => (
        <Fragment key={name}>
          {at > 0 && '  '}
          {name !== '' && <span class="pair-name">{name}=</span>}
          <Marked pieces={piecesOf(laidOut(withoutAnsi(text), wrap), marker)} />
        </Fragment>
      ))}
    </>
  );
}

function Marked({ pieces }: { pieces: readonly Piece[] }) {
  return <>{pieces.map((piece, at) => (piece.marked ? <mark key={at}>{piece.text}</mark> : piece.text))}</>;
}
