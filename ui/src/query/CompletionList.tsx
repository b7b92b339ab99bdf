import { useLayoutEffect, useRef } from 'preact/hooks';
import { Icon } from '../parts/Icon.tsx';
import { QueryColours } from './QueryColours.tsx';
import type { Completion, Offer } from './use-completion.ts';

type Props = { readonly completion: Completion; readonly onAccept: (offer: Offer) => void };

/** What the search could go on with. The focus stays in the field; arrows move here. */
export function CompletionList({ completion, onAccept }: Props) {
  const list = useRef<HTMLDivElement>(null);
  useLayoutEffect(() => {
    list.current?.querySelector('[aria-selected="true"]')?.scrollIntoView({ block: 'nearest' });
  }, [completion.at]);
  return (
    <div class="completion" id="query-offers" role="listbox" aria-label="Completions" ref={list}>
      {completion.offers.map((offer, index) => (
        <div
          key={`${offer.kind} ${offer.text}`}
          id={`query-offer-${index}`}
          role="option"
          aria-selected={index === completion.at}
          // The field must keep the focus: the list closes when it loses it.
          onPointerDown={(event) => {
            event.preventDefault();
            onAccept(offer);
          }}
        >
          {offer.kind === 'search' && <Icon name="clock" />}
          <span class={`label ${offer.kind}`}>{offer.kind === 'search' ? <QueryColours query={offer.label} /> : offer.label}</span>
          <span class="hint">{offer.hint}</span>
        </div>
      ))}
      <footer>
        <kbd>Tab</kbd> takes the first, <kbd>↑</kbd> <kbd>↓</kbd> choose, <kbd>Enter</kbd> searches
      </footer>
    </div>
  );
}
