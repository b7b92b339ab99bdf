import { range } from '../../app/range.ts';
import { param, setParams } from '../../app/router.ts';
import { stored, textList } from '../../app/stored.ts';
import { QueryBar } from '../../query/QueryBar.tsx';
import { listed } from './listed.ts';

const HISTORY_MAX = 50;

/** Searches of before, the newest first. */
const history = stored<readonly string[]>('traces.history', textList);

export function searchFor(q: string): void {
  if (q !== '') history.value = [q, ...history.value.filter((other) => other !== q)].slice(0, HISTORY_MAX);
  setParams({ q });
}

/** The search field: what spans of a trace must be like. */
export function TraceQuery() {
  return (
    <div class="search-row">
      <QueryBar
        query={param('q')}
        onSearch={searchFor}
        fault={listed.value.fault}
        history={history.value}
        scope={{ table: 'traces', ...range.value }}
        placeholder="Search spans: service:checkout, status:error, duration:>250ms, http.response.status_code:>=500, words of names"
      />
    </div>
  );
}
