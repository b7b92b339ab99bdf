import { useState } from 'preact/hooks';
import { range } from '../../app/range.ts';
import { place, setParams } from '../../app/router.ts';
import { Button } from '../../parts/Button.tsx';
import { Icon } from '../../parts/Icon.tsx';
import { Menu, moveFocus } from '../../parts/Menu.tsx';
import { Popover } from '../../parts/Popover.tsx';
import { QueryBar } from '../../query/QueryBar.tsx';
import { QueryColours } from '../../query/QueryColours.tsx';
import { forget, history, save, savedSearches } from './saved.ts';
import { sourcesAt } from './sources.ts';
import { columns, query, search, setQuery, setTailing, source, tail, tailing } from './state.ts';

/** What another table's rows need not have: the search is kept where it may mean the same. */
const ANOTHER = { row: null, cols: null, by: null, view: null } as const;

/** What is searched for; saved searches; live. */
export function SearchRow() {
  const fault = tailing.value ? tail.fault.value : search.state.value.fault;
  const sources = sourcesAt(place.value.path);
  return (
    <div class="search-row">
      <Menu
        label="Which rows"
        text={source.value.name}
        choice
        items={sources.map((one, at) => ({ name: one.name, hint: one.hint, run: () => setParams({ ...ANOTHER, table: at === 0 ? null : one.table }) }))}
      />
      <QueryBar
        query={query.value}
        onSearch={setQuery}
        fault={fault}
        history={history.value}
        scope={{ table: source.value.table, ...range.value }}
        placeholder={source.value.placeholder}
      />
      <Popover icon="star" label="Saved searches" text="Saved" align="right" class="saved">
        {(close) => <SavedPanel close={close} />}
      </Popover>
      <Button icon={tailing.value ? 'stop' : 'play'} class="live" label="Follow new rows" shortcut="t" pressed={tailing.value} onClick={() => setTailing(!tailing.value)}>
        Live
      </Button>
    </div>
  );
}

function SavedPanel({ close }: { close: () => void }) {
  const [name, setName] = useState('');
  const run = (q: string, cols?: string): void => {
    setParams({ q, row: null, ...(cols ? { cols } : {}) });
    close();
  };
  return (
    <div class="saved-panel" onKeyDown={moveFocus}>
      <form
        onSubmit={(event) => {
          event.preventDefault();
          save({ name: name.trim() || query.value || 'Everything', q: query.value, cols: columns.value.join(',') });
          setName('');
        }}
      >
        <input value={name} placeholder="Save this search as …" aria-label="Name of the search" onInput={(event) => setName(event.currentTarget.value)} />
        <Button primary onClick={(event) => (event.currentTarget as HTMLElement).closest('form')?.requestSubmit()}>
          Save
        </Button>
      </form>
      {savedSearches.value.length > 0 && <h3>Saved</h3>}
      {savedSearches.value.map((item) => (
        <div class="saved-item" key={item.name}>
          <button type="button" onClick={() => run(item.q, item.cols)}>
            <Icon name="star" />
            <span class="name">{item.name}</span>
            <code>
              <QueryColours query={item.q} />
            </code>
          </button>
          <Button icon="close" label={`Forget ${item.name}`} onClick={() => forget(item.name)} />
        </div>
      ))}
      {history.value.length > 0 && <h3>Lately</h3>}
      {history.value.slice(0, 12).map((q) => (
        <div class="saved-item" key={q}>
          <button type="button" onClick={() => run(q)}>
            <Icon name="clock" />
            <code>
              <QueryColours query={q} />
            </code>
          </button>
        </div>
      ))}
    </div>
  );
}
