// Sends the metrics that JsSdkSignalsTest expects, through one of the SDK's own exporters:
//   node send-metrics.mjs proto|json|grpc URL none|gzip SERVICE
import { ValueType } from '@opentelemetry/api';
import { OTLPMetricExporter as GrpcExporter } from '@opentelemetry/exporter-metrics-otlp-grpc';
import { OTLPMetricExporter as JsonExporter } from '@opentelemetry/exporter-metrics-otlp-http';
import { OTLPMetricExporter as ProtoExporter } from '@opentelemetry/exporter-metrics-otlp-proto';
import { resourceFromAttributes } from '@opentelemetry/resources';
import { AggregationType, MeterProvider, PeriodicExportingMetricReader } from '@opentelemetry/sdk-metrics';
import { observed, failIfRefused } from './observed.mjs';

const [protocol, url, compression, service] = process.argv.slice(2);
const exporters = { proto: ProtoExporter, json: JsonExporter, grpc: GrpcExporter };

const provider = new MeterProvider({
  resource: resourceFromAttributes({ 'service.name': service }),
  readers: [
    new PeriodicExportingMetricReader({
      exporter: observed(new exporters[protocol]({ url, compression })),
      exportIntervalMillis: 3_600_000,
    }),
  ],
  views: [
    { instrumentName: 'size', aggregation: { type: AggregationType.EXPONENTIAL_HISTOGRAM, options: { maxSize: 4 } } },
  ],
});
const meter = provider.getMeter('shop', '1.0');
meter
  .createCounter('orders', { description: 'Orders placed', unit: '{order}', valueType: ValueType.INT })
  .add(42, { shop: 'eu' });
meter.createUpDownCounter('queue').add(-2.5);
const latency = meter.createHistogram('latency', { unit: 's', advice: { explicitBucketBoundaries: [1, 4] } });
for (const seconds of [0.25, 2, 5]) latency.record(seconds, { route: '/' });
const size = meter.createHistogram('size', { unit: 'By' });
for (const bytes of [0, 1, 4]) size.record(bytes);
meter.createGauge('temperature', { unit: 'Cel' }).record(21.5, { room: 'k' });

await provider.shutdown();
failIfRefused();
