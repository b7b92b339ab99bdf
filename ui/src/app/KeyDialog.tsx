import { useState } from 'preact/hooks';
import { giveKey, keyWanted, queryKey } from '../api/key.ts';
import { Button } from '../parts/Button.tsx';
import { Dialog } from '../parts/Dialog.tsx';

/** Asks for a query key when the API wants one. */
export function KeyDialog() {
  const [typed, setTyped] = useState('');
  if (!keyWanted.value) return null;
  const submit = (event: Event): void => {
    event.preventDefault();
    if (typed.trim() !== '') giveKey(typed.trim());
    setTyped('');
  };
  return (
    <Dialog title="Query key">
      <form class="ask-key" onSubmit={submit}>
        <p>
          {queryKey() === null ? 'This Lodge asks for a query key.' : 'This Lodge does not know that key.'} It is kept in this tab
          until you close it. <code>lodge key new --kind query</code> makes one.
        </p>
        <label for="query-key">Key</label>
        <input id="query-key" type="password" autocomplete="off" autofocus value={typed} onInput={(event) => setTyped(event.currentTarget.value)} />
        <Button primary onClick={submit}>
          Use this key
        </Button>
      </form>
    </Dialog>
  );
}
