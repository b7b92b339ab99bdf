import { useLayoutEffect, useRef, useState } from 'preact/hooks';
import type { Fault } from '../api/fault.ts';
import { Icon } from '../parts/Icon.tsx';
import { CompletionList } from './CompletionList.tsx';
import { QueryColours } from './QueryColours.tsx';
import { SyntaxHelp } from './SyntaxHelp.tsx';
import { type Offer, useCompletion } from './use-completion.ts';
import './query.css';

type Props = {
  /** What is searched for now; the field follows when it changes. */
  readonly query: string;
  readonly onSearch: (query: string) => void;
  /** Of the last search: underlined where it is. */
  readonly fault: Fault | null;
  /** Searches of before, the newest first: offered while the field is empty. */
  readonly history: readonly string[];
  /** Which data fields and values are of, and in which time. */
  readonly scope: { readonly table: string; readonly from: string; readonly to: string };
  readonly placeholder: string;
};

/** The search field: colours, completion, and errors underlined where they are. Enter searches. */
export function QueryBar({ query, onSearch, fault, history, scope, placeholder }: Props) {
  const [typed, setTyped] = useState(query);
  const [scrolled, setScrolled] = useState(0);
  const input = useRef<HTMLInputElement>(null);
  const searched = useRef(query);
  const caret = useRef<number | null>(null);
  const completion = useCompletion(scope, history);

  // Only for what was not searched for here: who goes on typing behind Enter keeps what is typed.
  useLayoutEffect(() => {
    if (query !== searched.current) setTyped(query);
    searched.current = query;
  }, [query]);
  useLayoutEffect(() => {
    if (caret.current !== null) input.current?.setSelectionRange(caret.current, caret.current);
    caret.current = null;
    setScrolled(input.current?.scrollLeft ?? 0);
  }, [typed]);

  const wrong = fault?.code === 'bad_search' && typed === query ? fault : null;

  const search = (text: string): void => {
    completion.close();
    searched.current = text.trim();
    setTyped(text.trim());
    onSearch(text.trim());
  };
  const accept = (offer: Offer): void => {
    if (offer.kind === 'search') return search(offer.text);
    const next = typed.slice(0, offer.from) + offer.text + typed.slice(offer.to);
    caret.current = offer.from + offer.text.length;
    setTyped(next);
    // The offers were for what stood there before.
    completion.close();
    completion.ask(next, caret.current);
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    const chosen = completion.chosen();
    if (event.key === 'Enter') chosen ? accept(chosen) : search(typed);
    else if (event.key === 'Tab' && !event.shiftKey && completion.open && (chosen ?? completion.offers[0])) accept((chosen ?? completion.offers[0]) as Offer);
    else if (event.key === 'ArrowDown' && !completion.open) completion.ask(typed, input.current?.selectionStart ?? 0);
    else if (event.key === 'ArrowDown') completion.move(1);
    else if (event.key === 'ArrowUp' && completion.open) completion.move(-1);
    else if (event.key === 'Escape') completion.open ? completion.close() : input.current?.blur();
    else return;
    event.preventDefault();
    event.stopPropagation();
  };

  return (
    <div class={`query-bar${wrong ? ' has-fault' : ''}`} role="search">
      <Icon name="search" />
      <div class="query-field">
        <div class="query-colours" aria-hidden="true">
          <div style={{ transform: `translateX(${-scrolled}px)` }}>
            <QueryColours query={typed} fault={wrong} />
          </div>
        </div>
        <input
          ref={input}
          id="query"
          type="text"
          value={typed}
          placeholder={placeholder}
          aria-label="Search"
          aria-invalid={wrong !== null}
          aria-describedby={wrong ? 'query-fault' : undefined}
          role="combobox"
          aria-expanded={completion.open}
          aria-controls="query-offers"
          aria-autocomplete="list"
          aria-activedescendant={completion.at >= 0 ? `query-offer-${completion.at}` : undefined}
          autocomplete="off"
          autocapitalize="off"
          spellcheck={false}
          onInput={(event) => {
            setTyped(event.currentTarget.value);
            completion.ask(event.currentTarget.value, event.currentTarget.selectionStart ?? 0);
          }}
          onKeyDown={onKeyDown}
          onScroll={(event) => setScrolled(event.currentTarget.scrollLeft)}
          onClick={() => completion.ask(typed, input.current?.selectionStart ?? 0)}
          onBlur={completion.close}
        />
      </div>
      {typed === '' && <SyntaxHelp />}
      {typed !== '' && (
        <button type="button" class="query-clear" aria-label="Clear the search" title="Clear the search" onClick={() => search('')}>
          <Icon name="close" />
        </button>
      )}
      {wrong && (
        <p id="query-fault" class="query-fault" role="alert">
          {wrong.message}
        </p>
      )}
      {completion.open && <CompletionList completion={completion} onAccept={accept} />}
    </div>
  );
}
