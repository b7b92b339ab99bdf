import { useEffect, useMemo } from 'preact/hooks';
import { keysGiven } from '../../../api/key.ts';
import { question } from '../../../api/question.ts';
import type { TraceData } from '../../../api/traces.ts';
import { Link } from '../../../app/Link.tsx';
import { refresh, refreshes } from '../../../app/range.ts';
import { Icon } from '../../../parts/Icon.tsx';
import { ErrorPanel, Skeleton } from '../../../parts/states.tsx';
import { searchLink } from '../links.ts';
import { LoadedTrace } from './LoadedTrace.tsx';
import { traceOf } from './model.ts';
import './trace.css';
import './waterfall.css';
import './span.css';

/** One trace: fetched whole, then everything happens here. */
export function TraceView({ id }: { id: string }) {
  const asked = useMemo(() => question<TraceData>(`/api/trace/${encodeURIComponent(id)}`), [id]);
  useEffect(() => {
    void asked.ask({});
    return () => asked.forget();
  }, [asked, refreshes.value, keysGiven.value]);
  const { answer, fault } = asked.state.value;
  const trace = useMemo(() => (answer ? traceOf(answer.data) : null), [answer]);
  if (trace && answer && trace.spans.length > 0) return <LoadedTrace trace={trace} answer={answer} />;
  return (
    <div class="trace">
      <header class="trace-head">
        <div class="line">
          <Link to={searchLink()} class="back" title="Back to the search">
            <Icon name="left" /> Traces
          </Link>
          <h1 class="mono dim">{id}</h1>
        </div>
      </header>
      {fault && <ErrorPanel fault={fault} retry={refresh} />}
      {!fault && (
        <div class="loading">
          <Skeleton rows={24} height={24} />
        </div>
      )}
    </div>
  );
}
