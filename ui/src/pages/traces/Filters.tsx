import { useEffect, useState } from 'preact/hooks';
import { question } from '../../api/question.ts';
import type { ServicesData } from '../../api/traces.ts';
import { range, refreshes } from '../../app/range.ts';
import { param, setParams } from '../../app/router.ts';
import { Button } from '../../parts/Button.tsx';
import { hue } from '../../parts/hues.ts';
import { short } from '../../parts/numbers.ts';
import { durationParam, durationTyped, writeDuration } from '../../time/duration.ts';
import { Choice } from './Choice.tsx';
import { clearFilters, isFiltered } from './filters.ts';

const operations = question<ServicesData>('/api/services');

/** What traces are narrowed by with the mouse: service, operation, duration and status. */
export function Filters({ services }: { services: ServicesData | null }) {
  const service = param('service');
  useEffect(() => {
    if (service === '') operations.forget();
    else void operations.ask({ ...range.value, service });
  }, [service, range.value.from, range.value.to, refreshes.value]);
  const found = operations.state.value.answer?.data.operations ?? [];
  return (
    <div class="filters" role="group" aria-label="Filters">
      <Choice
        name="Service"
        chosen={param('service')}
        options={(services?.services ?? []).map(({ name, spans }) => ({ value: name, hint: short(spans), colour: hue(name) }))}
        onChoose={(value) => setParams({ service: value, operation: null })}
      />
      <Choice
        name="Operation"
        chosen={param('operation')}
        options={found.map(({ name, spans }) => ({ value: name, hint: short(spans) }))}
        empty={service === '' ? 'Choose a service first, or type a name.' : 'No operations in this time.'}
        onChoose={(operation) => setParams({ operation })}
      />
      <DurationField name="min" label="Shortest duration" placeholder="from 0" />
      <DurationField name="max" label="Longest duration" placeholder="to any" />
      <div class="switch" role="group" aria-label="Status">
        {STATUSES.map(([status, name]) => (
          <button key={status} type="button" aria-pressed={param('status') === status} onClick={() => setParams({ status })}>
            {name}
          </button>
        ))}
      </div>
      {isFiltered() && <Button icon="close" label="Clear all filters" onClick={clearFilters} />}
    </div>
  );
}

/** Of spans: most that went well have none. */
const STATUSES = [
  ['', 'Any'],
  ['error', 'Error'],
  ['ok', 'OK'],
  ['unset', 'Unset'],
] as const;

function DurationField({ name, label, placeholder }: { name: 'min' | 'max'; label: string; placeholder: string }) {
  const value = param(name);
  const nanos = durationTyped(value);
  const shown = nanos === null ? value : writeDuration(nanos);
  const [typed, setTyped] = useState(shown);
  useEffect(() => setTyped(shown), [shown]);
  const meant = typed.trim() === '' ? 0 : durationTyped(typed);
  const apply = (): void => {
    if (typed === shown || meant === null) return setTyped(shown);
    setParams({ [name]: meant === 0 ? null : durationParam(meant) });
  };
  return (
    <input
      class={`duration${value === '' ? '' : ' set'}`}
      value={typed}
      placeholder={placeholder}
      aria-label={label}
      title={`${label}: 250ms, 1.5s, 2m`}
      aria-invalid={meant === null}
      autocomplete="off"
      spellcheck={false}
      onInput={(event) => setTyped(event.currentTarget.value)}
      onBlur={apply}
      onFocus={(event) => event.currentTarget.select()}
      onKeyDown={(event) => event.key === 'Enter' && apply()}
    />
  );
}
