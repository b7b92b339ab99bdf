import type { TraceData } from '../../../api/traces.ts';
import type { Answer } from '../../../api/types.ts';
import { Link } from '../../../app/Link.tsx';
import { Button } from '../../../parts/Button.tsx';
import { CopyButton } from '../../../parts/CopyButton.tsx';
import { hue } from '../../../parts/hues.ts';
import { Icon } from '../../../parts/Icon.tsx';
import { Menu } from '../../../parts/Menu.tsx';
import { counted, grouped } from '../../../parts/numbers.ts';
import { SqlButton } from '../../../parts/SqlButton.tsx';
import { writeDuration } from '../../../time/duration.ts';
import { writeNanos } from '../../../time/write.ts';
import { zone } from '../../../time/zone.ts';
import { logsLink, searchLink } from '../links.ts';
import { pathShown, type TraceActions } from './LoadedTrace.tsx';
import type { Span, Trace } from './model.ts';

/** Spans that a text was found in; null while nothing is looked for. */
export type Find = { readonly set: ReadonlySet<number> | null; readonly list: readonly number[] };

/** Looks in names, services, status messages, and in attributes as `name=value`. */
export function findSpans(trace: Trace, text: string): Find {
  const wanted = text.trim().toLowerCase();
  if (wanted === '') return { set: null, list: [] };
  const list = trace.spans.filter((span) => holds(span, wanted)).map((span) => span.index);
  return { set: new Set(list), list };
}

function holds({ row, service, name }: Span, wanted: string): boolean {
  if (`${service}\n${name}\n${row.SpanId}\n${row.StatusMessage ?? ''}`.toLowerCase().includes(wanted)) return true;
  return Object.entries(row.SpanAttributes ?? {}).some(([key, value]) => `${key}=${value}`.toLowerCase().includes(wanted));
}

type Props = {
  readonly trace: Trace;
  readonly answer: Answer<TraceData>;
  readonly find: Find;
  readonly text: string;
  readonly actions: TraceActions;
};

export function TraceHead({ trace, answer, find, text, actions }: Props) {
  const root = trace.spans[0] as Span;
  return (
    <header class="trace-head">
      <div class="line">
        <Link to={searchLink()} class="back" title="Back to the search">
          <Icon name="left" /> Traces
        </Link>
        <h1>
          <i class="dot" style={{ background: hue(root.service) }} />
          <span class="service">{root.service}</span> {root.name}
        </h1>
        <span class="grow" />
        <FindField find={find} text={text} actions={actions} />
        <Button label="Show what the trace waited for" shortcut="c" pressed={pathShown.value} onClick={() => (pathShown.value = !pathShown.value)}>
          Critical path
        </Button>
        <Folding trace={trace} actions={actions} />
        <SqlButton statements={answer.queries} />
      </div>
      <Facts trace={trace} answer={answer} actions={actions} />
    </header>
  );
}

function FindField({ find, text, actions }: { find: Find; text: string; actions: TraceActions }) {
  return (
    <span class="find" role="search">
      <Icon name="search" />
      <input
        id="find-span"
        value={text}
        placeholder="Find spans"
        aria-label="Find spans by service, name, attribute=value"
        title="Service, name, attribute=value  (/), Enter for the next"
        autocomplete="off"
        spellcheck={false}
        onInput={(event) => actions.find(event.currentTarget.value)}
        onKeyDown={(event) => {
          if (event.key === 'Enter') actions.nextFound(event.shiftKey ? -1 : 1);
          else if (event.key === 'Escape') {
            if (text !== '') actions.find('');
            else event.currentTarget.blur();
          } else return;
          event.preventDefault();
          event.stopPropagation();
        }}
      />
      <span class="count" role="status">
        {find.set === null ? '' : grouped(find.list.length)}
      </span>
    </span>
  );
}

function Folding({ trace, actions }: { trace: Trace; actions: TraceActions }) {
  const deeper = (depth: number): ReadonlySet<number> => new Set(trace.spans.filter((span) => span.depth >= depth && span.below > 0).map((span) => span.index));
  return (
    <Menu
      icon="down"
      label="Open and close spans"
      text="Fold"
      align="right"
      items={[
        { name: 'Open all', run: () => actions.setCollapsed(new Set()) },
        ...[1, 2, 3].filter((depth) => depth < trace.depth - 1).map((depth) => ({ name: `Close below level ${depth + 1}`, run: () => actions.setCollapsed(deeper(depth)) })),
        { name: 'Close all', run: () => actions.setCollapsed(deeper(0)) },
        { name: 'Only errors and their ancestors open', disabled: trace.errors === 0, run: () => actions.setCollapsed(withoutErrors(trace)) },
      ]}
    />
  );
}

/** All spans with something below them, but none of it failed. */
function withoutErrors(trace: Trace): ReadonlySet<number> {
  const hasError = new Uint8Array(trace.spans.length);
  for (let at = trace.spans.length - 1; at >= 0; at--) {
    const span = trace.spans[at] as Span;
    if ((span.error || hasError[at]) && span.parent >= 0) hasError[span.parent] = 1;
  }
  return new Set(trace.spans.filter((span) => span.below > 0 && !hasError[span.index]).map((span) => span.index));
}

function Facts({ trace, answer, actions }: { trace: Trace; answer: Answer<TraceData>; actions: TraceActions }) {
  const logs = answer.data.logs?.length ?? 0;
  return (
    <p class="facts-line">
      <span>
        <b>{writeDuration(trace.length)}</b>
      </span>
      <span>{writeNanos(String(trace.start), zone.value === 'utc', 3)}</span>
      <span>
        <b>{grouped(trace.spans.length)}</b> {trace.spans.length === 1 ? 'span' : 'spans'}
      </span>
      <span>
        <b>{trace.services.length}</b> {trace.services.length === 1 ? 'service' : 'services'}
      </span>
      <span>
        <b>{trace.depth}</b> deep
      </span>
      {trace.errors > 0 && (
        <button type="button" class="as-link wrong" title="To the next error  (e)" onClick={() => actions.nextError(1)}>
          {grouped(trace.errors)} {trace.errors === 1 ? 'error' : 'errors'}
        </button>
      )}
      <Link to={logsLink(trace.id, trace.start, trace.length)}>{logs === 0 ? 'Logs' : answer.data.logs_truncated ? `${grouped(logs)}+ logs` : counted(logs, 'log')}</Link>
      <span class="trace-id mono">
        {trace.id}
        <CopyButton text={trace.id} label="Copy the trace's id" />
      </span>
      <span class="grow" />
      <Notes trace={trace} truncated={answer.data.truncated === true} />
    </p>
  );
}

/** What is not as it should be. */
function Notes({ trace, truncated }: { trace: Trace; truncated: boolean }) {
  return (
    <>
      {truncated && <span class="warned">Not whole: it has more spans than are shown</span>}
      {trace.orphans > 0 && (
        <span class="warned" title="They name a parent that is not stored: it may not have arrived yet, or it was not sampled.">
          {grouped(trace.orphans)} without their parent
        </span>
      )}
      {trace.moved > 0 && (
        <span class="dim" title="They began before their parents by their own clocks, which cannot be. They are shown in the middle of their parents.">
          {grouped(trace.moved)} moved for their clocks
        </span>
      )}
    </>
  );
}
