import type { SpanLog } from '../../../api/traces.ts';
import { hue } from '../../../parts/hues.ts';
import { Icon } from '../../../parts/Icon.tsx';
import { memo } from '../../../parts/memo.ts';
import { short } from '../../../parts/numbers.ts';
import { writeDuration } from '../../../time/duration.ts';
import type { Piece } from './critical-path.ts';
import type { TraceActions } from './LoadedTrace.tsx';
import { levelOf } from './logs.ts';
import type { Span } from './model.ts';
import { barOf, labelSide, type Zoom } from './zoom.ts';

type Props = {
  readonly span: Span;
  readonly parent: Span | undefined;
  readonly row: number;
  readonly zoom: Zoom;
  /** Of the time column, in pixels. */
  readonly width: number;
  readonly path: readonly Piece[] | undefined;
  readonly logs: readonly SpanLog[] | undefined;
  readonly traceStart: bigint;
  readonly dim: boolean;
  readonly closed: boolean;
  readonly selected: boolean;
  readonly actions: TraceActions;
};

/** Deeper spans are not indented further: their names must stay readable. */
const INDENT_MAX = 16;

/** A span's row: its name in the tree, and its bar in time. */
export const SpanLine = memo((props: Props) => {
  const { span, row, selected, dim, closed, actions } = props;
  return (
    <div
      id={`span-${span.index}`}
      class={`line${selected ? ' selected' : ''}${dim ? ' dimmed' : ''}${span.error ? ' failed' : ''}`}
      role="row"
      aria-rowindex={row + 1}
      aria-level={span.depth + 1}
      aria-selected={selected}
      aria-expanded={span.below > 0 ? !closed : undefined}
      onClick={() => actions.select(span.index)}
    >
      <Name {...props} />
      <Time {...props} />
    </div>
  );
});

function Name({ span, parent, closed, actions }: Props) {
  const changes = parent === undefined || parent.service !== span.service;
  return (
    <div class="name" role="gridcell" style={{ '--depth': Math.min(span.depth, INDENT_MAX) }} title={`${span.service}: ${span.name}`}>
      {span.below > 0 ? (
        <button
          type="button"
          class="fold"
          tabIndex={-1}
          aria-label={closed ? 'Open' : 'Close'}
          onClick={(event) => {
            event.stopPropagation();
            actions.fold(span.index);
          }}
        >
          <Icon name={closed ? 'right' : 'down'} />
        </button>
      ) : (
        <i class="no-fold" />
      )}
      <i class="strip" style={{ background: hue(span.service) }} />
      <span class="text">
        {changes && <span class="service">{span.service}</span>}
        <span class="operation">{span.name}</span>
      </span>
      {closed && <span class="below">{short(span.below)}</span>}
      {span.orphan && (
        <span class="mark" title="Its parent is not stored">
          <Icon name="question" />
        </span>
      )}
      {span.error && (
        <span class="mark wrong" title={span.row.StatusMessage || 'Failed'}>
          <Icon name="warning" />
        </span>
      )}
    </div>
  );
}

/** Pixels that a duration's text takes. */
const LABEL_WIDTH = 64;

function Time({ span, zoom, width, path, logs, traceStart }: Props) {
  const bar = barOf(span.start, span.end, zoom);
  if (bar === null) {
    const before = span.end < zoom.from;
    return (
      <div class={`time off ${before ? 'before' : 'after'}`} role="gridcell">
        <Icon name={before ? 'left' : 'right'} />
      </div>
    );
  }
  const side = labelSide(bar.left, bar.width, LABEL_WIDTH / Math.max(width, 1));
  const percent = (share: number): string => `${share * 100}%`;
  const label = { after: { left: percent(bar.left + bar.width) }, before: { right: percent(1 - bar.left) }, on: { right: percent(1 - bar.left - bar.width) } }[side];
  return (
    <div class="time" role="gridcell">
      <i
        class={`bar${bar.cutLeft ? ' cut-left' : ''}${bar.cutRight ? ' cut-right' : ''}`}
        style={{ left: percent(bar.left), width: `max(2px, ${percent(bar.width)})`, background: hue(span.service) }}
      />
      {path?.map((piece) => {
        const part = barOf(piece.from, piece.to, zoom);
        return part && <i key={piece.from} class="path" style={{ left: percent(part.left), width: `max(1px, ${percent(part.width)})` }} />;
      })}
      <Moments span={span} zoom={zoom} logs={logs} traceStart={traceStart} />
      <span class={`took ${side}`} style={label}>
        {writeDuration(span.end - span.start)}
      </span>
    </div>
  );
}

/** More of them than this in one row are not told apart. */
const MOMENTS_MAX = 24;

/** Events of the span, and its logs of warnings and worse. */
function Moments({ span, zoom, logs, traceStart }: Pick<Props, 'span' | 'zoom' | 'logs' | 'traceStart'>) {
  const share = (nanos: string): number => (Number(BigInt(nanos) - traceStart) + span.moved - zoom.from) / (zoom.to - zoom.from);
  const events = (span.row.Events ?? []).slice(0, MOMENTS_MAX).map((event) => ({ at: share(event.Timestamp), kind: 'event', title: event.Name }));
  const worse = (logs ?? [])
    .filter((log) => (log.SeverityNumber ?? 0) >= 13)
    .slice(0, MOMENTS_MAX)
    .map((log) => ({ at: share(log.Timestamp), kind: levelOf(log), title: log.Body ?? '' }));
  return (
    <>
      {[...events, ...worse].map(({ at, kind, title }, index) => (at >= 0 && at <= 1 ? <i key={index} class={`moment ${kind}`} title={title} style={{ left: `${at * 100}%` }} /> : null))}
    </>
  );
}
