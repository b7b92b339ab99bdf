package io.lodge.decode.rows;

import io.lodge.decode.wire.AttributeWriter;
import io.lodge.route.Routing;
import io.lodge.route.when.Signal;

/** What a reader of traces keeps from payload to payload: memory, and guesses that cost nothing. */
public final class SpanScratch {
  public final SourceScratch source = new SourceScratch();
  final AttributeWriter attributes = new AttributeWriter();
  final AttributeWriter eventAttributes = new AttributeWriter();
  final AttributeWriter linkAttributes = new AttributeWriter();

  /** The keys of the last span. */
  int nameKey;

  int kindKey;
  int statusKey;
  int eventNameKey;
  final RecordRouting routing;

  public SpanScratch(Routing rules) {
    routing = new RecordRouting(rules, Signal.TRACES, source);
  }
}
