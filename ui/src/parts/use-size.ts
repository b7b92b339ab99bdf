import { useLayoutEffect, useState } from 'preact/hooks';

export type Size = { readonly width: number; readonly height: number };

/** An element's size without its border, followed as it changes. Zero before it is measured. */
export function useSize(element: { readonly current: HTMLElement | null }): Size {
  const [size, setSize] = useState<Size>({ width: 0, height: 0 });
  useLayoutEffect(() => {
    const of = element.current;
    if (!of) return;
    const observer = new ResizeObserver(() => setSize({ width: of.clientWidth, height: of.clientHeight }));
    observer.observe(of);
    setSize({ width: of.clientWidth, height: of.clientHeight });
    return () => observer.disconnect();
  }, []);
  return size;
}
