import { computed, signal } from '@preact/signals';
import { useEffect, useLayoutEffect, useRef } from 'preact/hooks';
import { question } from '../../api/question.ts';
import type { Context, FoundRow } from '../../api/types.ts';
import { setParams } from '../../app/router.ts';
import { Button } from '../../parts/Button.tsx';
import { ErrorPanel, Skeleton } from '../../parts/states.tsx';
import { quoteValue } from '../../query/terms.ts';
import { absolute } from '../../time/range.ts';
import { millisOf, writeNanos } from '../../time/write.ts';
import { zone } from '../../time/zone.ts';
import { valueOf } from './fields.ts';
import { rowColour } from './colours.ts';
import { saidBy, textOf } from './said.ts';
import { source } from './state.ts';

const STEP = 25;
const MOST = 400;
const AROUND_MS = 60_000;

const wanted = signal('source');
/** As far as the table has it. */
const scope = computed(() => (source.value.around.some(([id]) => id === wanted.value) ? wanted.value : 'source'));
const around = signal(STEP);
const context = question<Context>('/api/context');

/** What was logged just before and after a row. */
export function ContextView({ row }: { row: FoundRow }) {
  const list = useRef<HTMLDivElement>(null);
  useEffect(() => void (around.value = STEP), [row.id]);
  useEffect(
    () => void context.ask({ table: source.value.table, time: row.Timestamp, id: row.id, before: around.value, after: around.value, scope: scope.value }),
    [row.id, scope.value, around.value],
  );
  const { answer, fault } = context.state.value;
  useLayoutEffect(() => {
    const here = list.current?.querySelector<HTMLElement>('.here');
    if (list.current && here) list.current.scrollTop = here.offsetTop - list.current.offsetTop - list.current.clientHeight / 2;
  }, [row.id, answer]);

  return (
    <div class="context">
      <div class="context-tools">
        <div class="switch" role="group" aria-label="Which rows">
          {source.value.around.map(([id, name]) => (
            <button key={id} type="button" aria-pressed={scope.value === id} onClick={() => (wanted.value = id)}>
              {name}
            </button>
          ))}
        </div>
        <Button icon="expand" label="Search for them" onClick={() => searchAround(row)} />
      </div>
      {fault && <ErrorPanel fault={fault} />}
      {!fault && answer === null && <Skeleton rows={20} />}
      {answer && (
        <div class="context-rows" ref={list} tabIndex={0} role="list" aria-label="Rows around">
          <More count={answer.data.before.length} />
          {answer.data.before.map((other) => (
            <Line key={other.id} row={other} />
          ))}
          <Line row={row} here />
          {answer.data.after.map((other) => (
            <Line key={other.id} row={other} />
          ))}
          <More count={answer.data.after.length} />
        </div>
      )}
    </div>
  );
}

function Line({ row, here }: { row: FoundRow; here?: boolean }) {
  return (
    <div class={`context-row${here ? ' here' : ''}`} role="listitem" aria-current={here ? 'true' : undefined}>
      <i class="severity" style={{ background: rowColour(row) }} />
      <time>{writeNanos(row.Timestamp, zone.value === 'utc', 3).slice(11)}</time>
      {scope.value !== 'source' && <span class="service">{scope.value === 'everything' ? row.ServiceName : row.PodName}</span>}
      <span class="said">{textOf(saidBy(row, source.value, []), true)}</span>
    </div>
  );
}

function More({ count }: { count: number }) {
  if (count < around.value || around.value >= MOST) return null;
  return <Button onClick={() => (around.value = Math.min(around.value * 4, MOST))}>More</Button>;
}

/** The same rows as a search of a minute to both sides. */
function searchAround(row: FoundRow): void {
  const at = millisOf(row.Timestamp);
  const q = sameFields().flatMap((field) => {
    const value = valueOf(row, field, source.value);
    return value ? [`${field}:${quoteValue(value)}`] : [];
  }).join(' ');
  setParams({ q, ...absolute(at - AROUND_MS, at + AROUND_MS), tail: null });
}

/** The fields by which rows around one are the same. */
function sameFields(): readonly string[] {
  if (scope.value === 'everything') return [];
  if (scope.value === 'service') return ['service'];
  return source.value.sameSource;
}
