import { useEffect, useState } from 'preact/hooks';
import { question } from '../../api/question.ts';
import type { Field } from '../../api/types.ts';
import { range } from '../../app/range.ts';
import { source } from './state.ts';

const fields = question<{ readonly fields: readonly Field[] }>('/api/fields');

/** Asks for the name of a field; null when the user gives up. */
export function FieldInput({ label, onChoose }: { label: string; onChoose: (field: string | null) => void }) {
  const [typed, setTyped] = useState('');
  useEffect(() => void fields.ask({ ...range.value, table: source.value.table, prefix: typed }), [typed]);
  const names = fields.state.value.answer?.data.fields.map((field) => field.name) ?? [];
  return (
    <form
      class="field-input"
      onSubmit={(event) => {
        event.preventDefault();
        onChoose(typed.trim() || null);
      }}
    >
      <input
        list="field-names"
        value={typed}
        autofocus
        placeholder={label}
        aria-label={label}
        spellcheck={false}
        autocomplete="off"
        ref={(input) => input?.focus()}
        onInput={(event) => {
          setTyped(event.currentTarget.value);
          // Chosen from the list with the mouse.
          if (!(event instanceof InputEvent) || event.inputType === 'insertReplacementText') onChoose(event.currentTarget.value);
        }}
        onKeyDown={(event) => {
          if (event.key !== 'Escape') return;
          event.stopPropagation();
          onChoose(null);
        }}
        onBlur={() => typed === '' && onChoose(null)}
      />
      <datalist id="field-names">
        {names.slice(0, 40).map((name) => (
          <option key={name} value={name} />
        ))}
      </datalist>
    </form>
  );
}
