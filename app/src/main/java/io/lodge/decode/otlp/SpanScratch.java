package io.lodge.decode.otlp;

import io.lodge.decode.wire.AttributeWriter;

/** What a reader of traces keeps from payload to payload: memory, and guesses that cost nothing. */
final class SpanScratch {
  final SourceScratch source = new SourceScratch();
  final AttributeWriter attributes = new AttributeWriter();
  final AttributeWriter eventAttributes = new AttributeWriter();
  final AttributeWriter linkAttributes = new AttributeWriter();

  /** The keys of the last span. */
  int nameKey;

  int kindKey;
  int statusKey;
  int eventNameKey;
}
