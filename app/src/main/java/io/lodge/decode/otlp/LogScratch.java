package io.lodge.decode.otlp;

import io.lodge.decode.wire.AttributeWriter;
import io.lodge.route.Routing;

/** What a reader of logs keeps from payload to payload: memory, and guesses that cost nothing. */
final class LogScratch {
  final SourceScratch source = new SourceScratch();
  final AttributeWriter attributes = new AttributeWriter();
  final LogRouting routing;

  /** The key of the last severity text. */
  int severityKey;

  LogScratch(Routing routing) {
    this.routing = new LogRouting(routing, source);
  }
}
