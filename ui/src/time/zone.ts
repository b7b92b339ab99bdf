import { oneOf, stored } from '../app/stored.ts';

export type Zone = 'local' | 'utc';

/** In which zone times are shown. */
export const zone = stored<Zone>('zone', oneOf<Zone>('local', 'utc'));
