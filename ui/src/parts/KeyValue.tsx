import type { ComponentChildren } from 'preact';

export type Pair = { readonly name: string; readonly value: string };

type Props = {
  readonly title?: string;
  readonly pairs: readonly Pair[];
  /** Buttons at a pair, shown when it is pointed at or focused. */
  readonly actions?: (pair: Pair) => ComponentChildren;
  readonly value?: (pair: Pair) => ComponentChildren;
};

/** Names and values, one under the other. */
export function KeyValue({ title, pairs, actions, value }: Props) {
  if (pairs.length === 0) return null;
  return (
    <section class="key-value">
      {title !== undefined && <h3>{title}</h3>}
      <dl>
        {pairs.map((pair) => (
          <div key={pair.name} class={pair.value.includes('\n') ? 'lines' : ''}>
            <dt>{pair.name}</dt>
            <dd>{value?.(pair) ?? pair.value}</dd>
            {actions && <div class="actions">{actions(pair)}</div>}
          </div>
        ))}
      </dl>
    </section>
  );
}
