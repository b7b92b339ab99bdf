// Sends the spans that JsSdkSignalsTest expects, through one of the SDK's own exporters:
//   node send-traces.mjs proto|json|grpc URL none|gzip SERVICE SECONDS
import { ROOT_CONTEXT, SpanKind, SpanStatusCode, TraceFlags, trace } from '@opentelemetry/api';
import { OTLPTraceExporter as GrpcExporter } from '@opentelemetry/exporter-trace-otlp-grpc';
import { OTLPTraceExporter as JsonExporter } from '@opentelemetry/exporter-trace-otlp-http';
import { OTLPTraceExporter as ProtoExporter } from '@opentelemetry/exporter-trace-otlp-proto';
import { resourceFromAttributes } from '@opentelemetry/resources';
import { BasicTracerProvider, BatchSpanProcessor } from '@opentelemetry/sdk-trace-base';
import { observed, failIfRefused } from './observed.mjs';

const [protocol, url, compression, service, time] = process.argv.slice(2);
const seconds = Number(time);
const exporters = { proto: ProtoExporter, json: JsonExporter, grpc: GrpcExporter };
const ids = ['aaaaaaaaaaaaaaaa', 'bbbbbbbbbbbbbbbb'];

const provider = new BasicTracerProvider({
  resource: resourceFromAttributes(
    { 'service.name': service, 'k8s.namespace.name': 'shop', cores: 8 },
    { schemaUrl: 'https://example.com/resource/1.0' },
  ),
  spanLimits: { attributeCountLimit: 3, eventCountLimit: 2, linkCountLimit: 1, attributePerEventCountLimit: 1, attributePerLinkCountLimit: 1 },
  idGenerator: { generateTraceId: () => '0af7651916cd43dd8448eb211c80319c', generateSpanId: () => ids.shift() },
  spanProcessors: [new BatchSpanProcessor(observed(new exporters[protocol]({ url, compression })))],
});
const tracer = provider.getTracer('checkout', '1.2.3', { schemaUrl: 'https://example.com/scope/2.0' });

const server = tracer.startSpan('GET /cart', {
  kind: SpanKind.SERVER,
  startTime: [seconds, 123_456_789],
  attributes: { text: 'hällo \u{1F600}', int: -7, list: ['x', 'y "z"'], dropped: 'the fourth is over the limit' },
  links: [
    {
      context: { traceId: '11111111111111111111111111111111', spanId: '2222222222222222', traceFlags: TraceFlags.NONE },
      attributes: { why: 'batch', x: 'dropped' },
    },
  ],
}, ROOT_CONTEXT);
server.addEvent('cache miss', { key: 'k1', x: 'dropped' }, [seconds, 200_000_001]);
server.addEvent('retry', [seconds, 200_000_002]);
const client = tracer.startSpan(
  'SELECT',
  { kind: SpanKind.CLIENT, startTime: [seconds + 1, 0] },
  trace.setSpan(ROOT_CONTEXT, server),
);
client.setStatus({ code: SpanStatusCode.ERROR, message: 'deadline "exceeded"' });
client.end([seconds + 1, 7]);
server.setStatus({ code: SpanStatusCode.OK });
server.end([seconds + 2, 0]);

await provider.shutdown();
failIfRefused();
