// Sends the records that JsSdkTest expects, through one of the SDK's own exporters:
//   node send.mjs proto|json|grpc URL none|gzip SERVICE
import { ROOT_CONTEXT, TraceFlags, trace } from '@opentelemetry/api';
import { SeverityNumber } from '@opentelemetry/api-logs';
import { OTLPLogExporter as GrpcExporter } from '@opentelemetry/exporter-logs-otlp-grpc';
import { OTLPLogExporter as JsonExporter } from '@opentelemetry/exporter-logs-otlp-http';
import { OTLPLogExporter as ProtoExporter } from '@opentelemetry/exporter-logs-otlp-proto';
import { resourceFromAttributes } from '@opentelemetry/resources';
import { BatchLogRecordProcessor, LoggerProvider } from '@opentelemetry/sdk-logs';

const [protocol, url, compression, service] = process.argv.slice(2);
const exporters = { proto: ProtoExporter, json: JsonExporter, grpc: GrpcExporter };
const exporter = new exporters[protocol]({ url, compression });

const failures = [];
const observed = {
  export: (records, done) =>
    exporter.export(records, (result) => {
      if (result.code !== 0) failures.push(result.error);
      done(result);
    }),
  shutdown: () => exporter.shutdown(),
  forceFlush: () => exporter.forceFlush?.(),
};

const provider = new LoggerProvider({
  resource: resourceFromAttributes(
    { 'service.name': service, 'k8s.namespace.name': 'shop', 'host.ids': ['a', 'b'], cores: 8 },
    { schemaUrl: 'https://example.com/resource/1.0' },
  ),
  logRecordLimits: { attributeCountLimit: 9 },
  processors: [new BatchLogRecordProcessor({ exporter: observed })],
});
const logger = provider.getLogger('checkout', '1.2.3', { schemaUrl: 'https://example.com/scope/2.0' });

const inSpan = trace.setSpanContext(ROOT_CONTEXT, {
  traceId: '0af7651916cd43dd8448eb211c80319c',
  spanId: 'b7ad6b7169203331',
  traceFlags: TraceFlags.SAMPLED,
});
logger.emit({
  timestamp: [3_500_000_000, 123_456_789],
  observedTimestamp: [3_500_000_001, 5],
  severityNumber: SeverityNumber.WARN2,
  severityText: 'WARNING',
  eventName: 'order.placed',
  body: 'hällo "wörld"\n\t\u{1F600}',
  context: inSpan,
  attributes: {
    text: 'plain',
    empty: '',
    yes: true,
    int: 42,
    negative: -7,
    double: 2.5,
    list: ['x', 'y "z"', 3, 1.5, false],
    map: { a: 1, b: { c: ['d', true] } },
    bytes: new Uint8Array([0, 1, 254, 255]),
    dropped: 'the tenth is over the limit',
  },
});
logger.emit({
  timestamp: [3_500_000_002, 1],
  observedTimestamp: [3_500_000_002, 2],
  body: { user: { id: 7, tags: ['new', 'eu'] }, ok: true, ratio: 0.25 },
});
for (const [i, body] of [true, 12, 1.25, ['a', 1, null], new Uint8Array([1, 2, 3])].entries()) {
  logger.emit({
    timestamp: [3_500_000_003 + i, 0],
    observedTimestamp: [3_500_000_003 + i, 0],
    severityNumber: SeverityNumber.INFO,
    body,
  });
}

await provider.forceFlush();
await provider.shutdown();
if (failures.length > 0) {
  console.error(failures);
  process.exit(1);
}
