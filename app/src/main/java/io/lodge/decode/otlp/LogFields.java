package io.lodge.decode.otlp;

import io.lodge.block.ByteSink;
import io.lodge.decode.wire.AttributeSlices;
import org.jspecify.annotations.Nullable;

/**
 * The fields of one log record as found, before anything is appended. Offsets follow {@link
 * AttributeSlices}: negative ones lie in {@link #text}.
 */
final class LogFields {
  /** What had to be rendered for this record: numbers, arrays, unescaped JSON. */
  final ByteSink text = new ByteSink(4096);

  final AttributeSlices attributes = new AttributeSlices(text);

  long timeUnixNanos;
  long observedTimeUnixNanos;
  int severityNumber;
  int severityTextAt;
  int severityTextLength;
  int bodyAt;
  int bodyLength;
  int eventNameAt;
  int eventNameLength;
  int traceIdAt;
  int traceIdLength;
  int spanIdAt;
  int spanIdLength;
  int flags;
  int droppedAttributes;

  /** Why this record cannot be stored; null if it can. */
  @Nullable Rejection rejection;

  /** Forgets all; offsets too, for even an empty slice must lie in its array. */
  void clear() {
    text.clear(1 << 20);
    attributes.clear();
    timeUnixNanos = 0;
    observedTimeUnixNanos = 0;
    severityNumber = 0;
    severityTextAt = 0;
    severityTextLength = 0;
    bodyAt = 0;
    bodyLength = 0;
    eventNameAt = 0;
    eventNameLength = 0;
    traceIdAt = 0;
    traceIdLength = 0;
    spanIdAt = 0;
    spanIdLength = 0;
    flags = 0;
    droppedAttributes = 0;
    rejection = null;
  }
}
