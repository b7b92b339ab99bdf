import { useState } from 'preact/hooks';
import type { SchemaTable } from '../../api/sql.ts';
import { stored, textList } from '../../app/stored.ts';
import { Icon } from '../../parts/Icon.tsx';
import { moveFocus } from '../../parts/Menu.tsx';
import { Skeleton } from '../../parts/states.tsx';
import { edit, editor, schema } from './state.ts';

const opened = stored<readonly string[]>('sql.opened', textList);

/** Tables and their columns: a click on a column types its name. */
export function SchemaTree() {
  const [part, setPart] = useState('');
  const { answer, fault } = schema.state.value;
  const wanted = part.trim().toLowerCase();
  const tables = (answer?.data.tables ?? []).filter(
    ({ database, name, columns }) => wanted === '' || `${database}.${name}`.toLowerCase().includes(wanted) || columns.some((column) => column.name.toLowerCase().includes(wanted)),
  );
  const databases = [...new Set(tables.map(({ database }) => database))].sort((a, b) => rank(a) - rank(b) || (a < b ? -1 : 1));
  return (
    <aside class="schema" aria-label="Tables" onKeyDown={moveFocus}>
      <input value={part} placeholder="Tables and columns" aria-label="Find tables and columns" spellcheck={false} onInput={(event) => setPart(event.currentTarget.value)} />
      <div class="scroll">
        {fault && <p class="dim note">No tables: {fault.message}</p>}
        {!answer && !fault && <Skeleton rows={14} height={24} />}
        {databases.map((database) => (
          <section key={database}>
            <h3>{database}</h3>
            <Tables tables={tables.filter((table) => table.database === database)} wanted={wanted} />
          </section>
        ))}
        {answer && tables.length === 0 && <p class="dim note">None of them.</p>}
      </div>
    </aside>
  );
}

/** Behind a table that is read: where its rows lie, land, and how they get there. */
const INNER = /_(0|landing|mv|region)$/;

/** What Lodge writes for itself: which blocks are stored. */
const OWN = /^delivered_(blocks|from)(_|$)/;

/** Tables, of which those that others are made of are shown when they are looked for, or wanted. */
function Tables({ tables, wanted }: { tables: readonly SchemaTable[]; wanted: string }) {
  const [all, setAll] = useState(false);
  const names = new Set(tables.map(({ name }) => name));
  const inner = wanted === '' ? tables.filter(({ name }) => OWN.test(name) || (INNER.test(name) && names.has(name.replace(INNER, '')))) : [];
  const shown = all ? tables : tables.filter((table) => !inner.includes(table));
  return (
    <>
      {shown.map((table) => (
        <Table key={table.name} table={table} wanted={wanted} />
      ))}
      {inner.length > 0 && (
        <button type="button" class="inner" aria-expanded={all} onClick={() => setAll(!all)}>
          {all ? 'Without' : 'And'} the {inner.length} behind them
        </button>
      )}
    </>
  );
}

/** What people look for most comes first, what ClickHouse says of itself last. */
const rank = (database: string): number => (database === 'otel' ? 0 : /^(system|information_schema)$/i.test(database) ? 2 : 1);

function Table({ table: { database, name, columns }, wanted }: { table: SchemaTable; wanted: string }) {
  const full = `${database}.${name}`;
  const found = wanted === '' ? [] : columns.filter((column) => column.name.toLowerCase().includes(wanted));
  const open = opened.value.includes(full) || found.length > 0;
  const shown = found.length > 0 && !opened.value.includes(full) ? found : columns;
  const toggle = (): void => {
    opened.value = opened.value.includes(full) ? opened.value.filter((other) => other !== full) : [...opened.value, full];
  };
  return (
    <div class="schema-table">
      <div class="head">
        <button type="button" class="name" aria-expanded={open} title={full} onClick={toggle}>
          <Icon name={open ? 'down' : 'right'} />
          <span>{name}</span>
        </button>
        <button type="button" class="peek" title={`Newest rows of ${full}`} aria-label={`A query for rows of ${full}`} onClick={() => edit(`SELECT *\nFROM ${full}\nLIMIT 100`)}>
          <Icon name="play" />
        </button>
      </div>
      {open && (
        <ul>
          {shown.map(({ name: column, type, comment }) => (
            <li key={column}>
              <button type="button" title={[`${column} ${type}`, comment].filter(Boolean).join('\n')} onClick={() => editor.value?.insert(column)}>
                <span>{column}</span>
                <small>{shortType(type)}</small>
              </button>
            </li>
          ))}
        </ul>
      )}
    </div>
  );
}

/** Without what only concerns storage. */
const shortType = (type: string): string => type.replaceAll(/(?:LowCardinality|Nullable)\(([^()]*(?:\([^()]*\))?)\)/g, '$1');
