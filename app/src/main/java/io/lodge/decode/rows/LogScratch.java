package io.lodge.decode.rows;

import io.lodge.decode.wire.AttributeWriter;
import io.lodge.route.Routing;
import io.lodge.route.when.Signal;

/** What a reader of logs keeps from payload to payload: memory, and guesses that cost nothing. */
public final class LogScratch {
  public final SourceScratch source = new SourceScratch();
  final AttributeWriter attributes = new AttributeWriter();
  final RecordRouting routing;

  /** The key of the last severity text. */
  int severityKey;

  public LogScratch(Routing routing) {
    this.routing = new RecordRouting(routing, Signal.LOGS, source);
  }
}
