package io.lodge.decode.rows;

import io.lodge.block.ByteSink;
import io.lodge.decode.wire.AttributeSlices;
import java.util.Arrays;

/** The links of one span as found. Offsets follow {@link AttributeSlices}. */
public final class SpanLinks {
  /** More make a dead letter of the span: what is kept for one must stay small. */
  public static final int COUNT_MAX = 1 << 16;

  private static final int FIELDS = 9;

  /** The attributes of all of them, one link's after the other's. */
  public final AttributeSlices attributes;

  private int[] fields = new int[4 * FIELDS];
  private int count;
  private boolean tooMany;

  public SpanLinks(ByteSink text) {
    attributes = new AttributeSlices(text);
  }

  public void clear() {
    attributes.clear();
    count = 0;
    tooMany = false;
  }

  public int count() {
    return count;
  }

  /** Whether some are not kept. */
  public boolean tooMany() {
    return tooMany;
  }

  /** Adds a link, whose attributes have been added. */
  public void add(Slice traceId, Slice spanId, Slice traceState, int dropped, int flags) {
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

  public int traceIdAt(int link) {
    return fields[link * FIELDS];
  }

  public int traceIdLength(int link) {
    return fields[link * FIELDS + 1];
  }

  public int spanIdAt(int link) {
    return fields[link * FIELDS + 2];
  }

  public int spanIdLength(int link) {
    return fields[link * FIELDS + 3];
  }

  public int traceStateAt(int link) {
    return fields[link * FIELDS + 4];
  }

  public int traceStateLength(int link) {
    return fields[link * FIELDS + 5];
  }

  public int dropped(int link) {
    return fields[link * FIELDS + 6];
  }

  public int flags(int link) {
    return fields[link * FIELDS + 7];
  }

  /** Where its attributes begin in {@link #attributes}. */
  public int attributesFrom(int link) {
    return link == 0 ? 0 : attributesTo(link - 1);
  }

  public int attributesTo(int link) {
    return fields[link * FIELDS + 8];
  }
}
