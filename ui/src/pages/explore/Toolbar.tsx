import { setParams } from '../../app/router.ts';
import { Button } from '../../parts/Button.tsx';
import { CopyButton } from '../../parts/CopyButton.tsx';
import { Menu } from '../../parts/Menu.tsx';
import { SqlButton } from '../../parts/SqlButton.tsx';
import { ColumnsMenu } from './ColumnsMenu.tsx';
import { exportRows } from './export.ts';
import { asJson, facetsShown, histogram, patterns, search, source, view, wrap } from './state.ts';
import { StatusLine } from './StatusLine.tsx';

/** What there is, and what can be done with it. */
export function Toolbar() {
  const rows = view.value === 'rows';
  return (
    <div class="toolbar">
      <Button icon="sidebar" label={facetsShown.value ? 'Hide the fields' : 'Show the fields'} shortcut="f" onClick={() => (facetsShown.value = !facetsShown.value)} />
      {source.value.patterns && (
      <div class="switch" role="group" aria-label="View">
        <button type="button" aria-pressed={rows} onClick={() => setParams({ view: null })}>
          Rows
        </button>
        <button type="button" aria-pressed={!rows} onClick={() => setParams({ view: 'patterns', row: null })}>
          Patterns
        </button>
      </div>
      )}
      <StatusLine />
      <div class="grow" />
      {rows && <ColumnsMenu />}
      {rows && <Button icon="wrap" label="Wrap long lines" shortcut="w" pressed={wrap.value} onClick={() => (wrap.value = !wrap.value)} />}
      {rows && (
        <Button class="json" label="Rows as JSON" shortcut="J" pressed={asJson.value} onClick={() => (asJson.value = !asJson.value)}>
          {'{ }'}
        </Button>
      )}
      <Menu
        icon="download"
        label="Export"
        align="right"
        items={[
          { name: 'JSON lines', hint: '10,000 rows at most', run: () => void exportRows('json') },
          { name: 'CSV', hint: '10,000 rows at most', run: () => void exportRows('csv') },
        ]}
      />
      <CopyButton icon="link" text={shareLink} label="Copy a link to exactly this" />
      <SqlButton statements={statements()} />
    </div>
  );
}

function statements() {
  const { plan } = search.state.value;
  const others = view.value === 'patterns' ? patterns : histogram;
  return [...(plan && view.value === 'rows' ? [plan] : []), ...(others.state.value.answer?.queries ?? [])];
}

/** A link that means the same tomorrow: with the times that `now` has meant. */
function shareLink(): string {
  const link = new URL(location.href);
  const { plan } = search.state.value;
  if (plan) {
    link.searchParams.set('from', new Date(plan.from).toISOString());
    link.searchParams.set('to', new Date(plan.to).toISOString());
  }
  link.searchParams.delete('tail');
  return link.toString();
}
