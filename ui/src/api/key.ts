import { signal } from '@preact/signals';

const STORED = 'lodge.key';

/** Whether the API asks for a query key that we do not have, or does not know the one we have. */
export const keyWanted = signal(false);

/** Goes up when a key was given: questions that failed for want of one are to be asked again. */
export const keysGiven = signal(0);

/** The query key, kept for this tab only. */
export const queryKey = (): string | null => sessionStorage.getItem(STORED);

export function giveKey(key: string): void {
  sessionStorage.setItem(STORED, key);
  keyWanted.value = false;
  keysGiven.value++;
}
