import type { ComponentChildren } from 'preact';
import type { SpanEvent, SpanLog } from '../../../api/traces.ts';
import type { Attributes } from '../../../api/types.ts';
import { Link } from '../../../app/Link.tsx';
import { go, place } from '../../../app/router.ts';
import { Button } from '../../../parts/Button.tsx';
import { CopyButton } from '../../../parts/CopyButton.tsx';
import { hue } from '../../../parts/hues.ts';
import { KeyValue, type Pair } from '../../../parts/KeyValue.tsx';
import { excluding, including } from '../../../query/terms.ts';
import { writeDuration } from '../../../time/duration.ts';
import { writeNanos } from '../../../time/write.ts';
import { zone } from '../../../time/zone.ts';
import { logsLink, searchLink, traceLink } from '../links.ts';
import { share } from '../share.ts';
import type { Piece } from './critical-path.ts';
import type { TraceActions } from './LoadedTrace.tsx';
import { levelOf } from './logs.ts';
import type { Span, Trace } from './model.ts';

type Props = {
  readonly trace: Trace;
  readonly index: number;
  readonly pieces: readonly Piece[];
  readonly logs: ReadonlyMap<string, readonly SpanLog[]>;
  readonly actions: TraceActions;
};

/** Everything about one span. */
export function SpanDetail({ trace, index, pieces, logs, actions }: Props) {
  const span = trace.spans[index] as Span;
  const { row } = span;
  const own = logs.get(row.SpanId) ?? [];
  return (
    <aside class="span-detail" aria-label="Details of the span">
      <header>
        <i class="dot" style={{ background: hue(span.service) }} />
        <div>
          <p class="dim">{span.service}</p>
          <h2>{span.name}</h2>
        </div>
        <Button icon="close" label="Close" shortcut="Esc" onClick={actions.close} />
      </header>
      <div class="scroll">
        {span.error && <p class="failure">{row.StatusMessage || 'This span failed, without a message.'}</p>}
        <Figures trace={trace} span={span} pieces={pieces} />
        <div class="doing">
          <Button icon="expand" label="Zoom to this span" shortcut="s" onClick={actions.toSpan}>
            Zoom to it
          </Button>
          <Button icon="search" label="Traces with this operation" onClick={() => go(similar(span))}>
            Others like it
          </Button>
          <CopyButton text={row.SpanId} label={`Copy the span's id ${row.SpanId}`}>
            Span id
          </CopyButton>
        </div>
        <Pairs title="Attributes" of={row.SpanAttributes} />
        <Events span={span} trace={trace} />
        <Links span={span} />
        <Logs trace={trace} span={span} logs={own} />
        <Pairs title="Resource" of={row.ResourceAttributes} />
        <KeyValue title="Span" pairs={plain(span, trace)} actions={(pair) => <CopyButton text={pair.value} label={`Copy ${pair.name}`} />} />
      </div>
    </aside>
  );
}

function Figures({ trace, span, pieces }: { trace: Trace; span: Span; pieces: readonly Piece[] }) {
  const onPath = pieces.reduce((sum, piece) => sum + piece.to - piece.from, 0);
  const took = span.end - span.start;
  return (
    <dl class="figures">
      <Figure name="Duration">{writeDuration(took)}</Figure>
      <Figure name="Starts at">{writeDuration(span.start)}</Figure>
      <Figure name="Own time" hint={took > 0 ? share(span.self / took) : ''}>
        {writeDuration(span.self)}
      </Figure>
      <Figure name="Critical path" hint={onPath > 0 ? share(onPath / Math.max(trace.length, 1)) : ''}>
        {onPath > 0 ? writeDuration(onPath) : '–'}
      </Figure>
    </dl>
  );
}

function Figure({ name, hint, children }: { name: string; hint?: string; children: ComponentChildren }) {
  return (
    <div>
      <dt>{name}</dt>
      <dd>
        {children} {hint && <small>{hint}</small>}
      </dd>
    </div>
  );
}

const pairsOf = (attributes: Attributes | undefined): readonly Pair[] =>
  Object.entries(attributes ?? {})
    .map(([name, value]) => ({ name, value: String(value) }))
    .sort((a, b) => (a.name < b.name ? -1 : 1));

/** Attributes, of which each can be searched for. */
function Pairs({ title, of }: { title: string; of: Attributes | undefined }) {
  return (
    <KeyValue
      title={title}
      pairs={pairsOf(of)}
      actions={({ name, value }) => (
        <>
          <Button icon="plus" label={`Traces with ${name} = ${value}`} onClick={() => go(narrowed(including, name, value))} />
          <Button icon="minus" label={`Traces without ${name} = ${value}`} onClick={() => go(narrowed(excluding, name, value))} />
          <CopyButton text={value} label={`Copy ${name}`} />
        </>
      )}
    />
  );
}

function narrowed(how: (query: string, field: string, value: string) => string, name: string, value: string) {
  const { path, params } = searchLink();
  return { path, params: { ...params, q: how(place.value.params['q'] ?? '', name, value) } };
}

function similar(span: Span) {
  const { from, to } = place.value.params;
  return { path: '/traces', params: { ...(from ? { from } : {}), ...(to ? { to } : {}), service: span.service, operation: span.name } };
}

function plain({ row, moved }: Span, trace: Trace): readonly Pair[] {
  const all = {
    'Trace id': trace.id,
    'Span id': row.SpanId,
    'Parent span id': row.ParentSpanId ?? '',
    Kind: row.SpanKind ?? '',
    Status: row.StatusCode ?? '',
    Scope: row.ScopeName ?? '',
    Started: writeNanos(row.Timestamp, zone.value === 'utc', 9),
    'Moved for its clock': moved === 0 ? '' : writeDuration(moved),
  };
  return Object.entries(all)
    .filter(([, value]) => value !== '')
    .map(([name, value]) => ({ name, value }));
}

function Events({ span, trace }: { span: Span; trace: Trace }) {
  const events = span.row.Events ?? [];
  if (events.length === 0) return null;
  return (
    <section class="moments">
      <h3>Events</h3>
      {events.map((event, index) => (
        <Event key={index} event={event} after={Number(BigInt(event.Timestamp) - trace.start) + span.moved - span.start} />
      ))}
    </section>
  );
}

function Event({ event, after }: { event: SpanEvent; after: number }) {
  const pairs = pairsOf(event.Attributes);
  return (
    <details open={pairs.length > 0 && pairs.length <= 4}>
      <summary>
        <span class="after">+{writeDuration(after)}</span> {event.Name}
      </summary>
      <KeyValue pairs={pairs} actions={({ name, value }) => <CopyButton text={value} label={`Copy ${name}`} />} />
    </details>
  );
}

function Links({ span }: { span: Span }) {
  const links = span.row.Links ?? [];
  if (links.length === 0) return null;
  return (
    <section class="moments">
      <h3>Links</h3>
      {links.map((link, index) => (
        <div key={index} class="linked">
          <Link to={traceLink(link.TraceId, link.SpanId)} class="mono">
            {link.TraceId.slice(0, 16)}… · {link.SpanId}
          </Link>
          <KeyValue pairs={pairsOf(link.Attributes)} />
        </div>
      ))}
    </section>
  );
}

function Logs({ trace, span, logs }: { trace: Trace; span: Span; logs: readonly SpanLog[] }) {
  return (
    <section class="moments">
      <h3>
        Logs <Link to={logsLink(trace.id, trace.start, trace.length, span.row.SpanId)}>open all</Link>
      </h3>
      {logs.length === 0 && <p class="dim note">No log names this span.</p>}
      {logs.map((log, index) => (
        <div key={index} class={`log ${levelOf(log)}`}>
          <span class="after">+{writeDuration(Number(BigInt(log.Timestamp) - trace.start) + span.moved - span.start)}</span>
          <i class={`dot back-${levelOf(log)}`} title={log.SeverityText} />
          <pre>{log.Body}</pre>
        </div>
      ))}
    </section>
  );
}
