import { signal } from '@preact/signals';
import type { ComponentType } from 'preact';
import { useEffect } from 'preact/hooks';
import { ErrorPanel } from '../parts/states.tsx';
import { HelpOverlay, helpOpen } from './HelpOverlay.tsx';
import { KeyDialog } from './KeyDialog.tsx';
import { useKeys } from './keys.ts';
import { type Page, pageAt, PAGES } from './pages.ts';
import { refresh, scaleRange, shiftRange } from './range.ts';
import { go, place } from './router.ts';
import { switchTheme } from './theme.ts';
import { pageLink, TopBar } from './TopBar.tsx';

type Loaded = { readonly page: Page; readonly Content: ComponentType };

const loaded = signal<Loaded | null>(null);
const notLoaded = signal<string | null>(null);

async function load(page: Page): Promise<void> {
  try {
    const Content = (await page.load()).default;
    if (pageAt(place.value.path) === page) loaded.value = { page, Content };
    notLoaded.value = null;
  } catch (cause) {
    notLoaded.value = `cannot load this page: ${String(cause)}; Lodge may have been updated or stopped, load it again`;
  }
}

/** What is on every page. */
export function Shell() {
  const page = pageAt(place.value.path);
  useEffect(() => {
    document.title = `${page.name} · Lodge`;
    void load(page);
  }, [page]);
  useKeys([
    ...PAGES.map((other) => ({ key: other.key, does: other.name, group: 'Pages', run: () => go(pageLink(other.path)) })),
    { key: '[', does: 'Earlier', group: 'Time', run: () => shiftRange(-1) },
    { key: ']', does: 'Later', group: 'Time', run: () => shiftRange(1) },
    { key: 'z', does: 'Twice as wide', group: 'Time', run: () => scaleRange(2) },
    { key: 'r', does: 'Choose a range', group: 'Time', run: () => document.querySelector<HTMLElement>('.range > button')?.click() },
    { key: '.', does: 'Ask again', group: 'Time', run: refresh },
    { key: 'Alt+t', does: 'Light or dark', group: 'View', inFields: true, run: switchTheme },
    { key: '?', does: 'These keys', group: 'View', run: () => (helpOpen.value = true) },
  ]);
  return (
    <>
      <TopBar />
      <main>
        <Content />
      </main>
      <HelpOverlay />
      <KeyDialog />
    </>
  );
}

function Content() {
  if (notLoaded.value !== null) return <ErrorPanel fault={{ code: 'cut_off', message: notLoaded.value }} retry={() => location.reload()} />;
  const Page = loaded.value?.Content;
  return Page ? <Page /> : null;
}
