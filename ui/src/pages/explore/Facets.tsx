import { useState } from 'preact/hooks';
import { stays } from '../../api/question.ts';
import type { Facet } from '../../api/types.ts';
import { Button } from '../../parts/Button.tsx';
import { Icon } from '../../parts/Icon.tsx';
import { counted, grouped, short } from '../../parts/numbers.ts';
import { Skeleton } from '../../parts/states.tsx';
import { stored, textList } from '../../app/stored.ts';
import { facetClicked, facetState } from './facet-terms.ts';
import { FieldInput } from './FieldInput.tsx';
import { setParams } from '../../app/router.ts';
import { byLevel, groupColour } from './colours.ts';
import { withChosen } from './facet-values.ts';
import { by, facetFields, facets, faultWords, query, setFacetFields, setQuery, source } from './state.ts';

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
  const values = withChosen(facet, query.value);
  if (values.length === 0) return null;
  const colours = by.value === facet.field;
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
        <Button
          icon="bars"
          class="by"
          label={colours ? `The chart is coloured by ${facet.field}` : `Colour the chart by ${facet.field}`}
          pressed={colours}
          onClick={() => setParams({ by: facet.field === source.value.by ? null : facet.field })}
        />
        <Button icon="close" label={`Hide ${facet.field}`} onClick={() => setFacetFields(facetFields.value.filter((field) => field !== facet.field))} />
      </header>
      {open && (
        <ul>
          {values.map(({ value, count }) => (
            <ValueRow key={value} field={facet.field} value={value} count={count} share={Number(count ?? 0) / all} dot={colours || facet.field === 'level'} />
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

type ValueProps = {
  readonly field: string;
  readonly value: string;
  /** Null if nobody knows: the search names the value, and others are more frequent. */
  readonly count: string | null;
  readonly share: number;
  /** Whether it has the colour of its bars in the chart. */
  readonly dot: boolean;
};

function ValueRow({ field, value, count, share, dot }: ValueProps) {
  const state = facetState(query.value, field, value);
  const click = (exclude: boolean): void => setQuery(facetClicked(query.value, field, value, exclude));
  return (
    <li class={state ?? ''}>
      <button
        type="button"
        aria-pressed={state === 'in' ? true : state === 'out' ? 'mixed' : false}
        title={`${value}\n${count === null ? '' : `${counted(count, 'row')} · `}click: only these · Alt-click: without these`}
        onClick={(event) => click(event.altKey)}
      >
        <i class="share" style={{ width: `${share * 100}%` }} />
        {dot && <i class="dot" style={{ background: groupColour(value, field === 'level' || byLevel.value) }} />}
        <span class="value">{value === '' ? '(empty)' : value}</span>
        <span class="count">{count === null ? '' : short(count)}</span>
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
        if (field !== null && !facetFields.value.includes(field)) setFacetFields([...facetFields.value, field]);
      }}
    />
  );
}
