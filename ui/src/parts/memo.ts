import { Component, type ComponentChildren, type FunctionComponent } from 'preact';

/**
 * A component that is rendered again only when one of its properties is another one. For rows of long lists, which must be
 * given the same functions each time; it may use no hooks.
 */
export function memo<P extends object>(render: (props: P) => ComponentChildren): FunctionComponent<P> {
  class Memo extends Component<P> {
    override shouldComponentUpdate(next: P): boolean {
      const [before, after] = [this.props as Record<string, unknown>, next as Record<string, unknown>];
      return Object.keys(after).some((name) => before[name] !== after[name]) || Object.keys(before).length !== Object.keys(after).length;
    }

    override render(): ComponentChildren {
      return render(this.props);
    }
  }
  return Memo as unknown as FunctionComponent<P>;
}
