import { useState } from 'preact/hooks';
import { stays } from '../../api/question.ts';
import type { Facet, FacetValue } from '../../api/types.ts';
import { Button } from '../../parts/Button.tsx';
import { Icon } from '../../parts/Icon.tsx';
import { counted, grouped, short } from '../../parts/numbers.ts';
import { Skeleton } from '../../parts/states.tsx';
import { stored, textList } from '../../app/stored.ts';
import { facetClicked, facetState } from './facet-terms.ts';
import { FieldInput } from './FieldInput.tsx';
import { facetFields, facets, faultWords, query, setQuery } from './state.ts';

const closed = stored<readonly string[]>('logs.facets.closed', textList);

/** Fields and their most frequent values: a click searches for one, with Alt without it. */
export function Facets() {
  const { answer, loading, fault } = facets.state.value;
  const shown = answer?.data.facets ?? [];
  return (
    <aside class={`facets${answer && (loading || stays(fault)) ? ' stale' : ''}`} aria-label="Fields">
      {answer === null && loading && <Skeleton rows={18} />}
      {fault && !stays(fault) && <p class="dim note">No fields: {faultWords(fault)}</p>}
      {shown.map((facet) => (
        <FacetView key={facet.field} facet={facet} />
      ))}
      {answer && <AddFacet />}
    </aside>
  );
}

function FacetView({ facet }: { facet: Facet }) {
  const open = !closed.value.includes(facet.field);
  if (facet.values.length === 0) return null;
  const all = facet.values.reduce((sum, value) => sum + Number(value.count), 0) + Number(facet.other);
  const toggle = (): void => {
    closed.value = open ? [...closed.value, facet.field] : closed.value.filter((field) => field !== facet.field);
  };
  return (
    <section class="facet">
      <header>
        <button type="button" aria-expanded={open} onClick={toggle}>
          <Icon name={open ? 'down' : 'right'} />
          {facet.field}
        </button>
        <span class="distinct" title={`${grouped(facet.distinct)} different values`}>
          {short(facet.distinct)}
        </span>
        <Button icon="close" label={`Hide ${facet.field}`} onClick={() => (facetFields.value = facetFields.value.filter((field) => field !== facet.field))} />
      </header>
      {open && (
        <ul>
          {facet.values.map((value) => (
            <ValueRow key={value.value} field={facet.field} value={value} share={Number(value.count) / all} />
          ))}
          {Number(facet.other) > 0 && (
            <li class="other">
              others <span>{short(facet.other)}</span>
            </li>
          )}
        </ul>
      )}
    </section>
  );
}

function ValueRow({ field, value: { value, count }, share }: { field: string; value: FacetValue; share: number }) {
  const state = facetState(query.value, field, value);
  const click = (exclude: boolean): void => setQuery(facetClicked(query.value, field, value, exclude));
  return (
    <li class={state ?? ''}>
      <button
        type="button"
        aria-pressed={state === 'in' ? true : state === 'out' ? 'mixed' : false}
        title={`${value}\n${counted(count, 'row')} · click: only these · Alt-click: without these`}
        onClick={(event) => click(event.altKey)}
      >
        <i class="share" style={{ width: `${share * 100}%` }} />
        {field === 'level' && <i class={`dot back-${value}`} />}
        <span class="value">{value === '' ? '(empty)' : value}</span>
        <span class="count">{short(count)}</span>
      </button>
      <button type="button" class="minus" aria-label={`Without ${field} ${value}`} title="Without these" onClick={() => click(true)}>
        <Icon name="minus" />
      </button>
    </li>
  );
}

function AddFacet() {
  const [adding, setAdding] = useState(false);
  if (!adding) {
    return (
      <Button icon="plus" class="add-facet" onClick={() => setAdding(true)}>
        Add a field
      </Button>
    );
  }
  return (
    <FieldInput
      label="Field to add"
      onChoose={(field) => {
        setAdding(false);
        if (field !== null && !facetFields.value.includes(field)) facetFields.value = [...facetFields.value, field];
      }}
    />
  );
}
