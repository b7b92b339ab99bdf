import { Button } from '../../parts/Button.tsx';
import { moved } from '../../parts/columns.ts';
import { Popover } from '../../parts/Popover.tsx';
import { FieldInput } from './FieldInput.tsx';
import { columns, facetFields, setColumns } from './state.ts';

/** Which fields are columns, and in which order. */
export function ColumnsMenu() {
  return (
    <Popover icon="columns" label="Columns" align="right">
      {() => (
        <div class="columns-panel">
          <FieldInput label="Add a column" onChoose={(field) => field !== null && addColumn(field)} />
          <ol>
            {columns.value.map((column, at) => (
              <li key={column}>
                <span>{column}</span>
                <Button icon="up" label={`${column} to the left`} disabled={at === 0} onClick={() => move(at, -1)} />
                <Button icon="down" label={`${column} to the right`} disabled={at === columns.value.length - 1} onClick={() => move(at, 1)} />
                <Button icon="close" label={`Without column ${column}`} onClick={() => setColumns(columns.value.filter((other) => other !== column))} />
              </li>
            ))}
          </ol>
          <h3>Often wanted</h3>
          <div class="choices">
            {facetFields.value
              .filter((field) => !columns.value.includes(field))
              .map((field) => (
                <Button key={field} icon="plus" onClick={() => addColumn(field)}>
                  {field}
                </Button>
              ))}
          </div>
        </div>
      )}
    </Popover>
  );
}

export function addColumn(field: string): void {
  if (!columns.value.includes(field)) setColumns([...columns.value, field]);
}

function move(at: number, by: -1 | 1): void {
  const [column, other] = [columns.value[at], columns.value[at + by]];
  if (column !== undefined && other !== undefined) setColumns(moved(columns.value, column, other));
}
