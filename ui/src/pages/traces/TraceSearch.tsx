import { useEffect } from 'preact/hooks';
import { keysGiven } from '../../api/key.ts';
import { question } from '../../api/question.ts';
import type { HeatmapData, ServicesData } from '../../api/traces.ts';
import type { Statement } from '../../api/types.ts';
import { useKeys } from '../../app/keys.ts';
import { refreshes } from '../../app/range.ts';
import { useToldApart } from '../../parts/hues.ts';
import { SqlButton } from '../../parts/SqlButton.tsx';
import { Filters } from './Filters.tsx';
import { searched, showView, view } from './filters.ts';
import { Heatmap } from './Heatmap.tsx';
import { ServiceMap } from './map/ServiceMap.tsx';
import { ServicesTable } from './ServicesTable.tsx';
import { listed, listTraces } from './listed.ts';
import { TraceList } from './TraceList.tsx';
import { TraceQuery } from './TraceQuery.tsx';

const heat = question<HeatmapData>('/api/traces/heatmap');
export const services = question<ServicesData>('/api/services');

const VIEWS = [
  { view: 'list', name: 'Traces', key: '1' },
  { view: 'map', name: 'Service map', key: '2' },
  { view: 'services', name: 'Services', key: '3' },
] as const;

/** Finds traces, and shows how services fare. */
export function TraceSearch() {
  const params = searched.value;
  useToldApart(services.state.value.answer?.data.services.map(({ name }) => name) ?? []);
  const asked = JSON.stringify([params, refreshes.value, keysGiven.value]);
  useEffect(() => void services.ask({ from: params['from'], to: params['to'] }), [params['from'], params['to'], refreshes.value, keysGiven.value]);
  useEffect(() => {
    if (view.value !== 'list') return;
    void heat.ask({ ...params, buckets: 120 });
    void listTraces(params);
  }, [asked, view.value]);
  useKeys(VIEWS.map(({ view: of, name, key }) => ({ key, does: name, group: 'Traces', run: () => showView(of) })));
  return (
    <div class="traces">
      <TraceQuery />
      <div class="bar">
        <div class="switch" role="group" aria-label="View">
          {VIEWS.map(({ view: of, name, key }) => (
            <button key={of} type="button" aria-pressed={view.value === of} title={`${name}  (${key})`} onClick={() => showView(of)}>
              {name}
            </button>
          ))}
        </div>
        {view.value === 'list' && <Filters services={services.state.value.answer?.data ?? null} />}
        <span class="grow" />
        <SqlButton statements={statements()} />
      </div>
      {view.value === 'list' && (
        <>
          <Heatmap asked={heat.state.value} />
          <TraceList />
        </>
      )}
      {view.value === 'map' && <ServiceMap asked={services.state.value} />}
      {view.value === 'services' && <ServicesTable asked={services.state.value} />}
    </div>
  );
}

function statements(): readonly Statement[] {
  if (view.value !== 'list') return services.state.value.answer?.queries ?? [];
  const { plan } = listed.value;
  return [...(plan === null ? [] : [plan]), ...(heat.state.value.answer?.queries ?? [])];
}
