package io.lodge.decode.otlp;

import io.lodge.decode.rows.SourceScratch;
import io.lodge.decode.wire.AttributeWriter;
import io.lodge.decode.wire.SourceContext;

/** What a reader of metrics keeps from payload to payload: memory only. */
final class MetricScratch {
  final SourceScratch source = new SourceScratch();
  final SourceContext metadata = new SourceContext();
  final AttributeWriter attributes = new AttributeWriter();
  final AttributeWriter exemplarAttributes = new AttributeWriter();
  final MetricFields metric = new MetricFields();
}
