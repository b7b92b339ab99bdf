package io.lodge.decode.otlp;

import io.lodge.block.ByteSink;
import io.lodge.decode.wire.AttributeSlices;
import java.util.Arrays;

/** The links of one span as found. Offsets follow {@link AttributeSlices}. */
final class SpanLinks {
  /** More make a dead letter of the span: what is kept for one must stay small. */
  static final int COUNT_MAX = 1 << 16;

  private static final int FIELDS = 9;

  /** The attributes of all of them, one link's after the other's. */
  final AttributeSlices attributes;

  private int[] fields = new int[4 * FIELDS];
  private int count;
  private boolean tooMany;

  SpanLinks(ByteSink text) {
    attributes = new AttributeSlices(text);
  }

  void clear() {
    attributes.clear();
    count = 0;
    tooMany = false;
  }

  int count() {
    return count;
  }

  /** Whether some are not kept. */
  boolean tooMany() {
    return tooMany;
  }

  /** Adds a link, whose attributes have been added. */
  void add(Slice traceId, Slice spanId, Slice traceState, int dropped, int flags) {
    if (count == COUNT_MAX) {
      tooMany = true;
      return;
    }
    int to = count * FIELDS;
    if (to == fields.length) {
      fields = Arrays.copyOf(fields, to * 2);
    }
    fields[to] = traceId.at;
    fields[to + 1] = traceId.length;
    fields[to + 2] = spanId.at;
    fields[to + 3] = spanId.length;
    fields[to + 4] = traceState.at;
    fields[to + 5] = traceState.length;
    fields[to + 6] = dropped;
    fields[to + 7] = flags;
    fields[to + 8] = attributes.count();
    count++;
  }

  int traceIdAt(int link) {
    return fields[link * FIELDS];
  }

  int traceIdLength(int link) {
    return fields[link * FIELDS + 1];
  }

  int spanIdAt(int link) {
    return fields[link * FIELDS + 2];
  }

  int spanIdLength(int link) {
    return fields[link * FIELDS + 3];
  }

  int traceStateAt(int link) {
    return fields[link * FIELDS + 4];
  }

  int traceStateLength(int link) {
    return fields[link * FIELDS + 5];
  }

  int dropped(int link) {
    return fields[link * FIELDS + 6];
  }

  int flags(int link) {
    return fields[link * FIELDS + 7];
  }

  /** Where its attributes begin in {@link #attributes}. */
  int attributesFrom(int link) {
    return link == 0 ? 0 : attributesTo(link - 1);
  }

  int attributesTo(int link) {
    return fields[link * FIELDS + 8];
  }
}
