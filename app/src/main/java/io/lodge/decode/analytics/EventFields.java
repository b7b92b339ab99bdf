package io.lodge.decode.analytics;

import io.lodge.block.ByteSink;
import io.lodge.decode.json.JsonTime;
import io.lodge.route.ProjectTokens;
import java.util.Arrays;

/**
 * What is known of the present event. The texts are copied together, so that it does not matter
 * where they were found. Reused.
 */
final class EventFields {
  private final ByteSink text = new ByteSink(4096);
  private final int[] at = new int[Text.values().length];
  private final int[] length = new int[Text.values().length];

  long teamId;

  /** The team of the project token that the event has; negative if it has none that is known. */
  long tokenTeam;

  long uuidHigh;
  long uuidLow;
  boolean hasUuid;
  long timestampNanos;
  long createdNanos;

  /** The properties as they are stored. */
  final ByteSink properties = new ByteSink(4096);

  void clear() {
    text.clear(1 << 20);
    properties.clear(1 << 20);
    Arrays.fill(length, 0);
    teamId = 0;
    tokenTeam = ProjectTokens.UNKNOWN;
    hasUuid = false;
    timestampNanos = JsonTime.NONE;
    createdNanos = JsonTime.NONE;
  }

  boolean has(Text column) {
    return length[index(column)] > 0;
  }

  /** Sets a column that is not set yet. */
  void set(Text column, byte[] bytes, int from, int count) {
    if (!has(column)) {
      int start = text.length();
      text.putBytes(bytes, from, count);
      at[index(column)] = start;
      length[index(column)] = count;
    }
  }

  byte[] bytes() {
    return text.array();
  }

  int at(Text column) {
    return at[index(column)];
  }

  int length(Text column) {
    return length[index(column)];
  }

  @SuppressWarnings("EnumOrdinal") // an array by column, never stored
  private static int index(Text column) {
    return column.ordinal();
  }
}
