import type { ComponentChildren } from 'preact';
import type { Fault } from '../api/fault.ts';
import { Button } from './Button.tsx';
import { Icon } from './Icon.tsx';

const TITLES: Readonly<Record<string, string>> = {
  bad_search: 'This search cannot be read',
  bad_request: 'This question cannot be read',
  bad_query: 'ClickHouse does not take this statement',
  limit_exceeded: 'The question is too large',
  busy: 'Too many questions at once',
  not_found: 'Not found',
  unreachable: 'Not reachable',
  unauthenticated: 'A query key is needed',
  cut_off: 'The answer is not whole',
};

/** Why there is nothing here, and a way to try again. */
export function ErrorPanel({ fault, retry }: { fault: Fault; retry?: () => void }) {
  return (
    <div class="state error" role="alert">
      <Icon name="warning" />
      <div>
        <h2>{TITLES[fault.code] ?? 'This failed'}</h2>
        <p>{fault.message}</p>
        {fault.limit !== undefined && <p class="dim">The limit it met: {fault.limit}. A shorter time range or a narrower search reads less.</p>}
        {retry && (
          <Button icon="refresh" onClick={retry}>
            Try again
          </Button>
        )}
      </div>
    </div>
  );
}

/** Nothing found, and what to do about it. */
export function Empty({ title, children }: { title: string; children?: ComponentChildren }) {
  return (
    <div class="state empty">
      <div>
        <h2>{title}</h2>
        {children}
      </div>
    </div>
  );
}

/** Grey bars where text will be, of the height that it will have. */
export function Skeleton({ rows, height = 20 }: { rows: number; height?: number }) {
  return (
    <div class="skeleton" aria-hidden="true">
      {Array.from({ length: rows }, (_, row) => (
        <div key={row} style={{ height: `${height}px` }}>
          <i style={{ width: `${30 + ((row * 37) % 55)}%` }} />
        </div>
      ))}
    </div>
  );
}
