import { Button } from '../../parts/Button.tsx';
import { CopyButton } from '../../parts/CopyButton.tsx';
import { scaleRange } from '../../app/range.ts';
import { Empty } from '../../parts/states.tsx';
import { source } from './state.ts';

// Where OTLP over HTTP is listened for as Lodge is delivered; the page itself comes from another port.
const OTLP = `http://${location.hostname}:4318`;

const HELLO = '{"resourceLogs":[{"scopeLogs":[{"logRecords":[{"severityText":"INFO","body":{"stringValue":"hello"}}]}]}]}';

const WIDE = '[{"service":"checkout","http.route":"/cart","status":200,"duration_ms":12.5}]';

const CAPTURE = '{"event":"signed_up","distinct_id":"ada","properties":{"plan":"pro"}}';

type Way = { readonly name: string; readonly command: string };

const LOGS: readonly Way[] = [
  { name: 'From a stream of lines', command: 'journalctl -f | ./lodge ship' },
  { name: 'With curl', command: `curl ${OTLP}/v1/logs -H 'Content-Type: application/json' -d '${HELLO}'` },
  { name: 'From anything with an OpenTelemetry SDK', command: `export OTEL_EXPORTER_OTLP_ENDPOINT=${OTLP}` },
];

const EVENTS: readonly Way[] = [
  { name: 'JSON objects, to a dataset of any name', command: `curl ${OTLP}/v1/events/requests -H 'Content-Type: application/json' -d '${WIDE}'` },
  { name: "From whatever writes to Elasticsearch's bulk API", command: `${OTLP}/_bulk` },
];

const ANALYTICS: readonly Way[] = [
  { name: 'As SDKs for product analytics send it', command: `curl ${OTLP}/capture -H 'Content-Type: application/json' -d '${CAPTURE}'` },
  { name: 'As the host of such an SDK', command: OTLP },
];

const WAYS: Readonly<Record<string, { readonly what: string; readonly ways: readonly Way[] }>> = {
  events: { what: 'wide events', ways: EVENTS },
  analytics: { what: 'product events', ways: ANALYTICS },
};

/** There are no rows though nothing was searched for: how to send some. */
export function FirstRows() {
  const { what, ways } = WAYS[source.value.table] ?? { what: 'logs', ways: LOGS };
  return (
    <Empty title={`No ${what} here`}>
      <p>
        No {what} arrived in this time range. Choose a longer one with <kbd>r</kbd>, or send some:
      </p>
      <dl class="first-rows">
        {ways.map(({ name, command }) => (
          <div key={name}>
            <dt>{name}</dt>
            <dd>
              <code>{command}</code>
              <CopyButton text={command} label={`Copy: ${name}`} />
            </dd>
          </div>
        ))}
      </dl>
      <Button icon="clock" onClick={() => scaleRange(4)}>
        Look four times as far
      </Button>
    </Empty>
  );
}
