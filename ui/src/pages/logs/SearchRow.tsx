import { useState } from 'preact/hooks';
import { range } from '../../app/range.ts';
import { setParams } from '../../app/router.ts';
import { Button } from '../../parts/Button.tsx';
import { Icon } from '../../parts/Icon.tsx';
import { Menu, moveFocus } from '../../parts/Menu.tsx';
import { Popover } from '../../parts/Popover.tsx';
import { QueryBar } from '../../query/QueryBar.tsx';
import { QueryColours } from '../../query/QueryColours.tsx';
import { forget, history, save, savedSearches } from './saved.ts';
import { columns, query, search, setQuery, setTailing, table, tail, tailing } from './state.ts';

/** Tables whose rows are log records. */
const TABLES = [
  { table: '', name: 'Logs', hint: 'of your services' },
  { table: 'server', name: 'Server', hint: 'of ClickHouse servers' },
  { table: 'keeper', name: 'Keeper', hint: 'of ClickHouse Keeper' },
] as const;

/** What is searched for; saved searches; live. */
export function SearchRow() {
  const fault = tailing.value ? tail.fault.value : search.state.value.fault;
  return (
    <div class="search-row">
      <QueryBar
        query={query.value}
        onSearch={setQuery}
        fault={fault}
        history={history.value}
        scope={{ table: table.value || 'logs', ...range.value }}
        placeholder="Search logs: words, service:checkout, level:>=warn, http.response.status_code:>=500, /regex/"
      />
      <Menu
        label="Whose logs"
        text={TABLES.find((one) => one.table === table.value)?.name ?? table.value}
        align="right"
        items={TABLES.map((one) => ({ name: one.name, hint: one.hint, run: () => setParams({ table: one.table, row: null }) }))}
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
