import { useMemo, useRef, useState } from 'preact/hooks';
import { ask } from '../api/http.ts';
import type { Answer, FacetValue, Field } from '../api/types.ts';
import { short } from '../parts/numbers.ts';
import { type Completing, completingAt } from './complete.ts';
import { quoteField, quoteValue } from './terms.ts';

/** Something that can be put into the search. */
export type Offer = {
  readonly kind: 'field' | 'value' | 'search';
  readonly text: string;
  readonly label: string;
  readonly hint: string;
  readonly from: number;
  readonly to: number;
};

export type Completion = {
  readonly open: boolean;
  readonly offers: readonly Offer[];
  /** What the arrows are at; -1 for nothing, so that Enter searches. */
  readonly at: number;
  chosen(): Offer | undefined;
  ask(query: string, caret: number): void;
  move(by: 1 | -1): void;
  close(): void;
};

type Scope = { readonly table: string; readonly from: string; readonly to: string };

const OFFERS_MAX = 12;

/** Quick typing asks once. */
const PAUSE_MS = 60;

export function useCompletion(scope: Scope, history: readonly string[]): Completion {
  const [offers, setOffers] = useState<readonly Offer[]>([]);
  const [at, setAt] = useState(-1);
  const latest = useRef({ scope, history });
  latest.current = { scope, history };
  const pending = useMemo(() => ({ timer: 0, request: new AbortController() }), []);

  const show = (next: readonly Offer[]): void => {
    setOffers(next);
    setAt(-1);
  };
  const stop = (): void => {
    clearTimeout(pending.timer);
    pending.request.abort();
  };
  return {
    open: offers.length > 0,
    offers,
    at,
    chosen: () => offers[at],
    ask(query, caret) {
      stop();
      const completing = completingAt(query, caret);
      const request = new AbortController();
      pending.request = request;
      if (query.trim() === '') return show(searchesOf(latest.current.history));
      if (completing === null) return show([]);
      pending.timer = window.setTimeout(() => {
        void offersFor(completing, latest.current.scope, request.signal).then((next) => {
          if (!request.signal.aborted) show(next);
        });
      }, PAUSE_MS);
    },
    move: (by) => setAt((before) => (before + by + offers.length + 1 + 1) % (offers.length + 1) - 1),
    close() {
      stop();
      show([]);
    },
  };
}

const searchesOf = (history: readonly string[]): readonly Offer[] =>
  history.slice(0, 8).map((text) => ({ kind: 'search', text, label: text, hint: '', from: 0, to: 0 }));

async function offersFor(completing: Completing, scope: Scope, signal: AbortSignal): Promise<readonly Offer[]> {
  const { from, to } = completing;
  if (completing.what === 'field') {
    const result = await ask<Answer<{ readonly fields: readonly Field[] }>>('/api/fields', { ...scope, prefix: completing.prefix }, signal);
    if (!result.ok) return [];
    return result.value.data.fields.slice(0, OFFERS_MAX).map((field) => ({
      kind: 'field',
      text: `${quoteField(field.name)}:`,
      label: field.name,
      hint: [field.kind === 'attribute' ? field.source : field.kind, field.count === undefined ? '' : short(field.count)].filter(Boolean).join(' · '),
      from,
      to,
    }));
  }
  const params = { ...scope, field: completing.field, prefix: completing.prefix, limit: OFFERS_MAX };
  const result = await ask<Answer<{ readonly values: readonly FacetValue[] }>>('/api/values', params, signal);
  if (!result.ok) return [];
  return result.value.data.values.map(({ value, count }) => ({
    kind: 'value',
    text: `${quoteValue(value)} `,
    label: value,
    hint: short(count),
    from,
    to,
  }));
}
