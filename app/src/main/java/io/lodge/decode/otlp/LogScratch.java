package io.lodge.decode.otlp;

import io.lodge.decode.wire.AttributeWriter;

/** What a reader of logs keeps from payload to payload: memory, and guesses that cost nothing. */
final class LogScratch {
  final SourceScratch source = new SourceScratch();
  final AttributeWriter attributes = new AttributeWriter();

  /** The key of the last severity text. */
  int severityKey;
}
