import type { FoundRow } from '../../api/types.ts';
import { Button } from '../../parts/Button.tsx';
import { CopyButton } from '../../parts/CopyButton.tsx';
import { KeyValue } from '../../parts/KeyValue.tsx';
import { excluding, including } from '../../query/terms.ts';
import { writeNanos } from '../../time/write.ts';
import { zone } from '../../time/zone.ts';
import { addColumn } from './ColumnsMenu.tsx';
import { type FieldGroup, groupsOf } from './fields.ts';
import { columns, query, setColumns, setQuery, source } from './state.ts';

/** A row's values by where they come from; each can be searched for, searched without, copied, made a column. */
export function DetailFields({ row }: { row: FoundRow }) {
  const utc = zone.value === 'utc';
  const times = [
    { name: 'observed', value: row.ObservedTimestamp },
    { name: 'received', value: row.ReceivedAt },
  ].flatMap(({ name, value }) => (value === undefined ? [] : [{ name, value: writeNanos(value, utc, 9) }]));
  return (
    <>
      {groupsOf(row, source.value).map((group) => (
        <Group key={group.title} group={group} />
      ))}
      <KeyValue title="Times" pairs={times} />
    </>
  );
}

function Group({ group }: { group: FieldGroup }) {
  return (
    <KeyValue
      title={group.title}
      pairs={group.values}
      actions={({ name, value }) => {
        const field = group.values.find((other) => other.name === name)?.field ?? name;
        const isColumn = columns.value.includes(field);
        return (
          <>
            <Button icon="plus" label={`Only rows with this ${name}`} onClick={() => setQuery(including(query.value, field, value))} />
            <Button icon="minus" label={`Without rows with this ${name}`} onClick={() => setQuery(excluding(query.value, field, value))} />
            <Button
              icon="columns"
              label={isColumn ? `${name} is a column: take it away` : `${name} as a column`}
              pressed={isColumn}
              onClick={() => (isColumn ? setColumns(columns.value.filter((other) => other !== field)) : addColumn(field))}
            />
            <CopyButton text={value} label={`Copy ${name}`} />
          </>
        );
      }}
    />
  );
}
