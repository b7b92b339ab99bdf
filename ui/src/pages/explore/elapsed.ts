import { useEffect, useState } from 'preact/hooks';
import { search } from './state.ts';

/** Sooner, nobody wonders. */
export const TELL_AFTER_MS = 1200;
const TICK_MS = 100;

/** Milliseconds since the search was asked; for what is on the screen while it is under way. */
export function useElapsed(): number {
  const { startedAt } = search.state.value;
  const [now, setNow] = useState(Date.now());
  useEffect(() => {
    setNow(Date.now());
    const timer = setInterval(() => setNow(Date.now()), TICK_MS);
    return () => clearInterval(timer);
  }, [startedAt]);
  return Math.max(now - startedAt, 0);
}

export const seconds = (ms: number): string => `${(ms / 1000).toFixed(1)} s`;
