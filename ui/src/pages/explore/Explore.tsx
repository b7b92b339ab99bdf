import { useEffect } from 'preact/hooks';
import { useKeys } from '../../app/keys.ts';
import { Detail } from './Detail.tsx';
import { Facets } from './Facets.tsx';
import { HistogramView } from './HistogramView.tsx';
import { exploreKeys } from './keys.ts';
import { PatternsView } from './PatternsView.tsx';
import { RowsView } from './RowsView.tsx';
import { SearchRow } from './SearchRow.tsx';
import { facetsShown, openRow, query, view, watch } from './state.ts';
import { Toolbar } from './Toolbar.tsx';
import './explore.css';

/** A search, its rows over time, its fields and its rows. Which table they are of follows from the page and the URL. */
export function Explore({ name }: { name: string }) {
  useEffect(watch, []);
  useEffect(() => {
    document.title = `${query.value === '' ? name : query.value} · Lodge`;
  }, [query.value, name]);
  useKeys(exploreKeys);
  return (
    <div class="explore">
      <SearchRow />
      <div class="explore-body">
        {facetsShown.value && <Facets />}
        <section class="explore-results" aria-label="Results">
          <HistogramView />
          <Toolbar />
          <div class="explore-rows">
            {view.value === 'patterns' ? <PatternsView /> : <RowsView />}
            {openRow.value !== '' && view.value === 'rows' && <Detail />}
          </div>
        </section>
      </div>
    </div>
  );
}
