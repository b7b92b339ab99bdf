import { stays } from '../../api/question.ts';
import { refresh } from '../../app/range.ts';
import { setParams } from '../../app/router.ts';
import type { Pattern } from '../../api/types.ts';
import { Button } from '../../parts/Button.tsx';
import { moveFocus } from '../../parts/Menu.tsx';
import { grouped, short } from '../../parts/numbers.ts';
import { Empty, ErrorPanel, Skeleton } from '../../parts/states.tsx';
import { joined } from '../../query/terms.ts';
import { searchOf, templatePieces } from './templates.ts';
import { patterns, query } from './state.ts';

/** What the rows say, with numbers and names taken out: how often, since when, and whether that is new. */
export function PatternsView() {
  const { answer, loading, fault } = patterns.state.value;
  if (fault && !(stays(fault) && answer)) return <ErrorPanel fault={fault} retry={refresh} />;
  if (answer === null) return loading ? <Skeleton rows={24} height={30} /> : null;
  const list = answer.data.patterns;
  if (list.length === 0) return <Empty title="No patterns">No row of this time matches.</Empty>;
  return (
    <div class={`patterns${loading || stays(fault) ? ' stale' : ''}`} role="table" aria-label="Patterns" onKeyDown={moveFocus}>
      <div class="pattern head" role="row">
        <span role="columnheader" class="right">
          Rows
        </span>
        <span role="columnheader">Share</span>
        <span role="columnheader">Trend</span>
        <span role="columnheader">Before</span>
        <span role="columnheader">Pattern</span>
      </div>
      {list.map((pattern) => (
        <PatternRow key={pattern.template} pattern={pattern} most={list[0]?.share ?? 1} />
      ))}
    </div>
  );
}

function PatternRow({ pattern, most }: { pattern: Pattern; most: number }) {
  const narrow = (without: boolean): void => {
    const found = searchOf(pattern.template);
    if (found !== '') setParams({ q: joined(query.value, without ? `-(${found})` : found), view: without ? 'patterns' : null });
  };
  return (
    <div class="pattern" role="row">
      <span role="cell" class="count" title={grouped(pattern.count)}>
        <i class={`severity back-${pattern.level}`} />
        {short(pattern.count)}
      </span>
      <span role="cell" class="share">
        <i style={{ width: `${(pattern.share / most) * 100}%` }} />
        <em>{percent(pattern.share)}</em>
      </span>
      <span role="cell">
        <Trend counts={pattern.trend} level={pattern.level} />
      </span>
      <span role="cell" class="change">
        <Change pattern={pattern} />
      </span>
      <span role="cell" class="template">
        <button type="button" title={`Search for these rows\n\n${pattern.example.Body ?? ''}`} onClick={() => narrow(false)}>
          {templatePieces(pattern.template).map((piece, at) => (piece.variable ? <var key={at}>{piece.text}</var> : piece.text))}
        </button>
        <Button icon="minus" label="Without these rows" onClick={() => narrow(true)} />
      </span>
    </div>
  );
}

function percent(share: number): string {
  if (share < 0.001) return '< 0.1 %';
  return `${(share * 100).toFixed(share < 0.0995 ? 1 : 0)} %`;
}

/** Against the window of the same width before. */
function Change({ pattern }: { pattern: Pattern }) {
  if (pattern.new) return <b class="new">new</b>;
  const before = Number(pattern.previous);
  if (before === 0) return null;
  const change = Number(pattern.count) / before - 1;
  if (Math.abs(change) < 0.1) return <span class="dim">≈</span>;
  const text = change > 9 ? `× ${short(Math.round(change + 1))}` : `${change > 0 ? '+' : '−'}${Math.round(Math.abs(change) * 100)} %`;
  return <span class={change > 0 ? 'more' : 'less'}>{text}</span>;
}

function Trend({ counts, level }: { counts: readonly number[]; level: string }) {
  const most = Math.max(...counts, 1);
  return (
    <svg class="trend" viewBox={`0 0 ${counts.length} 20`} preserveAspectRatio="none" role="img" aria-label="Trend">
      {counts.map((count, at) => {
        const height = count === 0 ? 0.6 : Math.max((count / most) * 20, 1.5);
        return <rect key={at} class={count === 0 ? 'nothing' : `fill-${level}`} x={at + 0.1} width={0.8} y={20 - height} height={height} />;
      })}
    </svg>
  );
}
