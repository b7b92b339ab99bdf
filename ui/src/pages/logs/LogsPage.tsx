import { useEffect } from 'preact/hooks';
import { useKeys } from '../../app/keys.ts';
import { Detail } from './Detail.tsx';
import { Facets } from './Facets.tsx';
import { HistogramView } from './HistogramView.tsx';
import { logKeys } from './keys.ts';
import { PatternsView } from './PatternsView.tsx';
import { RowsView } from './RowsView.tsx';
import { SearchRow } from './SearchRow.tsx';
import { facetsShown, openRow, query, view, watch } from './state.ts';
import { Toolbar } from './Toolbar.tsx';
import './logs.css';

/** Search, refine, read: logs. */
export default function LogsPage() {
  useEffect(watch, []);
  useEffect(() => {
    document.title = `${query.value === '' ? 'Logs' : query.value} · Lodge`;
  }, [query.value]);
  useKeys(logKeys);
  return (
    <div class="logs">
      <SearchRow />
      <div class="logs-body">
        {facetsShown.value && <Facets />}
        <section class="logs-results" aria-label="Results">
          <HistogramView />
          <Toolbar />
          <div class="logs-rows">
            {view.value === 'patterns' ? <PatternsView /> : <RowsView />}
            {openRow.value !== '' && view.value === 'rows' && <Detail />}
          </div>
        </section>
      </div>
    </div>
  );
}
