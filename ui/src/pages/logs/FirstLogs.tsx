import { Button } from '../../parts/Button.tsx';
import { CopyButton } from '../../parts/CopyButton.tsx';
import { scaleRange } from '../../app/range.ts';
import { Empty } from '../../parts/states.tsx';

// Where OTLP over HTTP is listened for as Lodge is delivered; the page itself comes from another port.
const OTLP = `http://${location.hostname}:4318`;

const HELLO = '{"resourceLogs":[{"scopeLogs":[{"logRecords":[{"severityText":"INFO","body":{"stringValue":"hello"}}]}]}]}';

const WAYS = [
  { name: 'From a stream of lines', command: 'journalctl -f | ./lodge ship' },
  { name: 'With curl', command: `curl ${OTLP}/v1/logs -H 'Content-Type: application/json' -d '${HELLO}'` },
  { name: 'From anything with an OpenTelemetry SDK', command: `export OTEL_EXPORTER_OTLP_ENDPOINT=${OTLP}` },
];

/** There are no rows though nothing was searched for: how to send some. */
export function FirstLogs() {
  return (
    <Empty title="No logs here">
      <p>
        No logs arrived in this time range. Choose a longer one with <kbd>r</kbd>, or send some:
      </p>
      <dl class="first-logs">
        {WAYS.map(({ name, command }) => (
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
