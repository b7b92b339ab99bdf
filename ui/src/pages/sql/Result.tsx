import { useState } from 'preact/hooks';
import type { ResultRow } from '../../api/sql.ts';
import { Button } from '../../parts/Button.tsx';
import type { Column } from '../../parts/columns.ts';
import { CopyButton } from '../../parts/CopyButton.tsx';
import { Dialog } from '../../parts/Dialog.tsx';
import { KeyValue } from '../../parts/KeyValue.tsx';
import { Empty, ErrorPanel } from '../../parts/states.tsx';
import { VirtualTable } from '../../parts/VirtualTable.tsx';
import { Chart } from './Chart.tsx';
import { type Run, run } from './run.ts';
import { drawn, runEditor } from './state.ts';
import { columnWidth, isNumber, textOf, toJsonLines } from './texts.ts';

/** Rows of the statement that ran last, as a table or as a chart. */
export function Result() {
  const now = run.value;
  if (now === null) {
    return (
      <Empty title="Nothing was run yet">
        <p>
          <kbd>Ctrl Enter</kbd> runs the statement. <code>{'{from:DateTime64(3)}'}</code> and <code>{'{to:DateTime64(3)}'}</code> stand for the time range above. You read with the rights
          and limits of <code>reader</code>: nothing can be changed here.
        </p>
      </Empty>
    );
  }
  if (now.fault) {
    return (
      <div class="sql-result">
        <ErrorPanel fault={now.fault} retry={runEditor} />
      </div>
    );
  }
  if (now.count === 0 && now.state === 'running') {
    return (
      <div class="sql-result late">
        <Empty title="Running …">
          <p>
            Rows are shown as they come; <kbd>Esc</kbd> kills the query.
          </p>
        </Empty>
      </div>
    );
  }
  if (now.count === 0 && now.state === 'cancelled') {
    return (
      <Empty title="Cancelled">
        <p>No rows had come until then.</p>
      </Empty>
    );
  }
  if (drawn.value && now.count > 0) return <Chart meta={now.meta} rows={now.rows} count={now.count} />;
  return <Table now={now} key={now.meta.map(({ name }) => name).join('\n')} />;
}

function Table({ now }: { now: Run }) {
  const { meta, rows, count, state } = now;
  const [selected, setSelected] = useState(-1);
  const [opened, setOpened] = useState(-1);
  const [widths, setWidths] = useState<Readonly<Record<string, number>>>({});
  if (state === 'done' && count === 0) {
    return (
      <Empty title="No rows">
        <p>The statement ran, and its result is empty.</p>
      </Empty>
    );
  }
  const columns = meta.map((column, at): Column<ResultRow> => {
    const number = isNumber(column.type);
    return {
      id: String(at),
      name: column.name,
      width: widths[at] ?? columnWidth(column, at, rows),
      ...(number ? { align: 'right' as const } : {}),
      cell: (row) => (row[at] === null ? <span class="faint">NULL</span> : textOf(row[at])),
    };
  });
  const row = rows[opened];
  return (
    <>
      <VirtualTable
        label="Result"
        count={count}
        rowAt={(index) => rows[index]}
        columns={columns}
        selected={Math.min(selected, count - 1)}
        onSelect={setSelected}
        onOpen={setOpened}
        onResize={(id, width) => setWidths({ ...widths, [id]: width })}
      />
      {row && <RowDialog now={now} row={row} number={opened + 1} onClose={() => setOpened(-1)} />}
    </>
  );
}

/** One row, with all of its values whole. */
function RowDialog({ now, row, number, onClose }: { now: Run; row: ResultRow; number: number; onClose: () => void }) {
  const pairs = now.meta.map(({ name }, at) => ({ name, value: textOf(row[at]) }));
  return (
    <Dialog title={`Row ${number}`} onClose={onClose}>
      <div class="row-dialog">
        <KeyValue pairs={pairs} actions={({ name, value }) => <CopyButton text={value} label={`Copy ${name}`} />} />
        <footer>
          <CopyButton text={() => toJsonLines(now.meta, [row])} label="Copy the row as JSON">
            Copy as JSON
          </CopyButton>
          <Button onClick={onClose}>Close</Button>
        </footer>
      </div>
    </Dialog>
  );
}
