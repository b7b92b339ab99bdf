import { useEffect } from 'preact/hooks';
import { question } from '../../../api/question.ts';
import type { Operation, ServiceEdge, ServicesData } from '../../../api/traces.ts';
import { Link } from '../../../app/Link.tsx';
import { range, refreshes } from '../../../app/range.ts';
import { pageLink } from '../../../app/TopBar.tsx';
import { Button } from '../../../parts/Button.tsx';
import { type Fact, FactTable } from '../../../parts/FactTable.tsx';
import { hue } from '../../../parts/hues.ts';
import { grouped } from '../../../parts/numbers.ts';
import { ErrorPanel, Skeleton } from '../../../parts/states.tsx';
import { quoteValue } from '../../../query/terms.ts';
import { writeDuration } from '../../../time/duration.ts';
import { writeRate } from '../rate.ts';
import { share } from '../share.ts';

const asked = question<ServicesData>('/api/services');

type Props = { readonly name: string; readonly data: ServicesData; readonly seconds: number; readonly onClose: () => void };

/** One service: its figures, who calls it, whom it calls, and its operations. */
export function ServicePanel({ name, data, seconds, onClose }: Props) {
  const { from, to } = range.value;
  useEffect(() => {
    asked.forget();
    void asked.ask({ from, to, service: name });
  }, [name, from, to, refreshes.value]);
  const figures = data.services.find((one) => one.name === name);
  const { answer, fault } = asked.state.value;
  const traces = { path: '/traces', params: { ...pageLink('/traces').params, service: name } };
  const logs = { path: '/logs', params: { ...pageLink('/logs').params, q: `service:${quoteValue(name)}` } };
  return (
    <aside class="service-panel" aria-label={name}>
      <header>
        <i class="dot" style={{ background: hue(name) }} />
        <h2>{name}</h2>
        <Button icon="close" label="Close" shortcut="Esc" onClick={onClose} />
      </header>
      <div class="scroll">
        {figures && (
          <dl class="figures">
            <Figure name="Requests" value={writeRate(figures.rate)} hint={grouped(figures.requests)} />
            <Figure name="Errors" value={figures.error_rate > 0 ? share(figures.error_rate) : '–'} hint={grouped(figures.errors)} />
            <Figure name="p50" value={writeDuration(figures.p50)} />
            <Figure name="p95" value={writeDuration(figures.p95)} />
            <Figure name="p99" value={writeDuration(figures.p99)} />
          </dl>
        )}
        <p class="doing">
          <Link to={traces}>Traces</Link>
          <Link to={{ ...traces, params: { ...traces.params, status: 'error' } }}>Failed traces</Link>
          <Link to={logs}>Logs</Link>
        </p>
        <Calls title="Called by" edges={data.edges.filter((edge) => edge.to === name)} other="from" seconds={seconds} />
        <Calls title="Calls" edges={data.edges.filter((edge) => edge.from === name)} other="to" seconds={seconds} />
        <h3>Operations</h3>
        {fault && <ErrorPanel fault={fault} />}
        {!answer && !fault && <Skeleton rows={6} height={24} />}
        {answer && <FactTable label="Operations" rows={answer.data.operations ?? []} keyOf={(row) => `${row.name} ${row.kind ?? ''}`} facts={operationFacts(name)} sortedBy="-spans" />}
      </div>
    </aside>
  );
}

function Figure({ name, value, hint }: { name: string; value: string; hint?: string }) {
  return (
    <div>
      <dt>{name}</dt>
      <dd>
        {value} {hint !== undefined && <small>{hint}</small>}
      </dd>
    </div>
  );
}

function Calls({ title, edges, other, seconds }: { title: string; edges: readonly ServiceEdge[]; other: 'from' | 'to'; seconds: number }) {
  if (edges.length === 0) return null;
  const facts: readonly Fact<ServiceEdge>[] = [
    {
      id: 'name',
      name: 'Service',
      sort: (edge) => edge[other],
      cell: (edge) => (
        <Link to={{ path: '/traces', params: { ...pageLink('/traces').params, view: 'map', focus: edge[other] } }} class="root">
          <i class="dot" style={{ background: hue(edge[other]) }} />
          {edge[other]}
        </Link>
      ),
    },
    { id: 'calls', name: 'Calls', align: 'right', sort: (edge) => Number(edge.calls), cell: (edge) => writeRate(Number(edge.calls) / seconds) },
    { id: 'errors', name: 'Errors', align: 'right', sort: (edge) => Number(edge.errors) / Number(edge.calls), cell: (edge) => <Errors of={Number(edge.errors) / Math.max(Number(edge.calls), 1)} /> },
    { id: 'p95', name: 'p95', align: 'right', sort: (edge) => Number(edge.p95 ?? 0), cell: (edge) => (edge.p95 === undefined ? '–' : writeDuration(edge.p95)) },
  ];
  return (
    <>
      <h3>{title}</h3>
      <FactTable label={title} rows={edges} keyOf={(edge) => edge[other]} facts={facts} sortedBy="-calls" />
    </>
  );
}

const Errors = ({ of }: { of: number }) => (of > 0 ? <span class="wrong">{share(of)}</span> : <span class="faint">–</span>);

const operationFacts = (service: string): readonly Fact<Operation>[] => [
  {
    id: 'name',
    name: 'Operation',
    sort: (row) => row.name,
    cell: (row) => <Link to={{ path: '/traces', params: { ...pageLink('/traces').params, service, operation: row.name } }}>{row.name}</Link>,
  },
  { id: 'spans', name: 'Spans', align: 'right', sort: (row) => Number(row.spans), cell: (row) => grouped(row.spans) },
  { id: 'errors', name: 'Errors', align: 'right', sort: (row) => Number(row.errors) / Number(row.spans), cell: (row) => <Errors of={Number(row.errors) / Math.max(Number(row.spans), 1)} /> },
  { id: 'p95', name: 'p95', align: 'right', sort: (row) => Number(row.p95), cell: (row) => writeDuration(row.p95) },
];
