import { useState } from 'preact/hooks';
import { moveFocus } from '../../parts/Menu.tsx';
import { Popover } from '../../parts/Popover.tsx';

type Option = { readonly value: string; readonly hint: string; readonly colour?: string };

type Props = {
  readonly name: string;
  /** Empty for none. */
  readonly chosen: string;
  readonly options: readonly Option[];
  readonly empty?: string;
  readonly onChoose: (value: string | null) => void;
};

/** One of many names, found by typing a part of it. */
export function Choice({ name, chosen, options, empty, onChoose }: Props) {
  const text = chosen === '' ? name : chosen;
  return (
    <Popover icon="down" label={chosen === '' ? name : `${name}: ${chosen}`} text={text} class={`choice${chosen === '' ? '' : ' set'}`}>
      {(close) => (
        <Panel
          name={name}
          chosen={chosen}
          options={options}
          empty={empty ?? 'None in this time.'}
          onChoose={(value) => {
            close();
            onChoose(value);
          }}
        />
      )}
    </Popover>
  );
}

const SHOWN_MAX = 200;

function Panel({ name, chosen, options, empty, onChoose }: Required<Props>) {
  const [part, setPart] = useState('');
  const wanted = part.trim().toLowerCase();
  const found = options.filter(({ value }) => value.toLowerCase().includes(wanted)).slice(0, SHOWN_MAX);
  return (
    <div class="choices menu" onKeyDown={moveFocus}>
      <form
        onSubmit={(event) => {
          event.preventDefault();
          if (wanted !== '') onChoose(found[0]?.value ?? part.trim());
        }}
      >
        <input value={part} placeholder={`${name} …`} aria-label={name} autocomplete="off" spellcheck={false} onInput={(event) => setPart(event.currentTarget.value)} />
      </form>
      {chosen !== '' && (
        <button type="button" onClick={() => onChoose(null)}>
          <span class="name dim">Any {name.toLowerCase()}</span>
        </button>
      )}
      {found.map(({ value, hint, colour }) => (
        <button key={value} type="button" aria-pressed={value === chosen} onClick={() => onChoose(value)}>
          {colour !== undefined && <i class="dot" style={{ background: colour }} />}
          <span class="name">{value}</span>
          <span class="hint">{hint}</span>
        </button>
      ))}
      {found.length === 0 && <p class="dim note">{options.length === 0 ? empty : 'Enter takes it as typed.'}</p>}
    </div>
  );
}
