package io.lodge.decode.otlp;

import io.lodge.block.ByteSink;
import io.lodge.decode.rows.Rejection;
import io.lodge.decode.rows.Slice;
import io.lodge.decode.wire.AttributeSlices;
import org.jspecify.annotations.Nullable;

/** What is common to all data points of one metric, as found. */
final class MetricFields {
  final ByteSink text = new ByteSink(1024);
  final AttributeSlices metadata = new AttributeSlices(text);
  final Slice name = new Slice(text);
  final Slice description = new Slice(text);
  final Slice unit = new Slice(text);

  /** Which kind of data it has; null as long as none has been found. */
  @Nullable MetricKind kind;

  int temporality;
  boolean monotonic;

  /** Why no data point of the metric can be stored; null if they can. */
  @Nullable Rejection rejection;

  void clear() {
    text.clear(1 << 20);
    metadata.clear();
    name.clear();
    description.clear();
    unit.clear();
    kind = null;
    temporality = 0;
    monotonic = false;
    rejection = null;
  }
}
