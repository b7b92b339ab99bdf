package io.lodge.decode.events;

import io.lodge.decode.json.JsonCursor;
import io.lodge.decode.json.JsonFields;
import io.lodge.decode.json.JsonTime;

/** Which field of an event says when it happened, and what it says. */
final class EventTime {
  private static final String[] NAMES = {"timestamp", "@timestamp", "time", "ts"};
  static final int NO_FIELD = -1;

  private EventTime() {}

  /** The first field, in the order of the names, that is a time; {@link #NO_FIELD} if none is. */
  static int find(JsonFields fields) {
    int field = find(fields, NAMES);
    return field == NO_FIELD || unixNanos(fields, field) == JsonTime.NONE ? NO_FIELD : field;
  }

  /** Nanoseconds since 1970, or {@link JsonTime#NONE}. */
  static long unixNanos(JsonFields fields, int field) {
    int at = fields.valueAt(field);
    return switch (fields.kind(field)) {
      case STRING, NUMBER ->
          JsonTime.unixNanos(
              fields.cursor().source(at), JsonCursor.index(at), fields.valueLength(field));
      case BOOLEAN, JSON -> JsonTime.NONE;
    };
  }

  /** The field with the first of these names that there is. */
  static int find(JsonFields fields, String[] names) {
    JsonCursor in = fields.cursor();
    int found = NO_FIELD;
    int rank = names.length;
    for (int i = 0; i < fields.count() && rank > 0; i++) {
      for (int name = 0; name < rank; name++) {
        if (in.is(fields.nameAt(i), fields.nameLength(i), names[name])) {
          found = i;
          rank = name;
        }
      }
    }
    return found;
  }
}
