import { type ReadonlySignal, signal } from '@preact/signals';
import { type Fault, isTakenBack } from './fault.ts';
import { ask, type Params } from './http.ts';
import type { Answer } from './types.ts';

/** What is known of a question: the last answer stays while the next one is on its way, so nothing jumps. */
export type Asked<T> = {
  readonly loading: boolean;
  readonly answer: Answer<T> | null;
  readonly fault: Fault | null;
};

export type Question<T> = {
  readonly state: ReadonlySignal<Asked<T>>;
  /** Asks anew; a question that is still under way is taken back. */
  ask(params: Params): Promise<void>;
  /** Takes it back and forgets its answer. */
  forget(): void;
};

/** Who mistypes does not lose what is on the screen. */
export const stays = (fault: Fault | null): boolean => fault?.code === 'bad_search';

/** An endpoint that answers with one `{"data":…}`, asked again and again. */
export function question<T>(path: string): Question<T> {
  const state = signal<Asked<T>>({ loading: false, answer: null, fault: null });
  let current = new AbortController();
  return {
    state,
    async ask(params) {
      current.abort();
      const mine = new AbortController();
      current = mine;
      state.value = { ...state.value, loading: true };
      const result = await ask<Answer<T>>(path, params, mine.signal);
      if (isTakenBack(result) || mine.signal.aborted) return;
      state.value = result.ok
        ? { loading: false, answer: result.value, fault: null }
        : { loading: false, answer: stays(result.fault) ? state.value.answer : null, fault: result.fault };
    },
    forget() {
      current.abort();
      state.value = { loading: false, answer: null, fault: null };
    },
  };
}
