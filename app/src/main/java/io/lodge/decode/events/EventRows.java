package io.lodge.decode.events;

import io.lodge.block.FixedColumn;
import io.lodge.block.LowCardinalityColumn;
import io.lodge.decode.Decoded;
import io.lodge.decode.json.JsonCursor;
import io.lodge.decode.json.JsonFields;
import io.lodge.decode.json.JsonFields.Kind;
import io.lodge.decode.json.JsonNumbers;
import io.lodge.decode.json.JsonTime;
import io.lodge.lane.WideEventsLane;
import io.lodge.model.Payload;
import java.util.Arrays;

/**
 * Appends the fields of an event as a row of the wide events.
 *
 * <p>The names that say when it happened and which service it is of, in the order in which they
 * count: {@link #TIMES} and {@link #SERVICES}. Reused; belongs to one thread.
 */
final class EventRows {
  private static final String[] TIMES = {"timestamp", "@timestamp", "time", "ts"};
  private static final String[] SERVICES = {
    "service.name", "service_name", "service", "application"
  };
  private static final int NO_FIELD = -1;

  private final JsonFields fields;
  private final JsonCursor in;

  /** The keys of the last event's fields by position: the next event most likely has the same. */
  private int[] labelGuesses = new int[64];

  private int[] numberGuesses = new int[64];

  EventRows(JsonFields fields) {
    this.fields = fields;
    in = fields.cursor();
  }

  /** Appends the fields that were read last; the columns of source and receipt are the caller's. */
  void append(WideEventsLane lane, Payload payload, Decoded decoded) {
    int time = timestamp(lane, payload, decoded);
    service(lane.serviceName);
    int count = fields.count();
    if (count > labelGuesses.length) {
      labelGuesses = Arrays.copyOf(labelGuesses, count * 2);
      numberGuesses = Arrays.copyOf(numberGuesses, count * 2);
    }
    for (int i = 0; i < count; i++) {
      if (i != time) {
        int valueAt = fields.valueAt(i);
        labelGuesses[i] = putName(lane.labels.keys(), i, labelGuesses[i]);
        lane.labels
            .values()
            .put(in.source(valueAt), JsonCursor.index(valueAt), fields.valueLength(i));
        if (fields.kind(i) == Kind.NUMBER) {
          number(lane, i);
        }
      }
    }
    lane.labels.endRow();
    lane.numbers.endRow();
  }

  private int putName(LowCardinalityColumn keys, int field, int guess) {
    int nameAt = fields.nameAt(field);
    return keys.put(in.source(nameAt), JsonCursor.index(nameAt), fields.nameLength(field), guess);
  }

  /** A number beyond all doubles is a label only. */
  private void number(WideEventsLane lane, int field) {
    double value =
        JsonNumbers.float64(in.bytes(), fields.valueAt(field), fields.valueLength(field));
    if (Double.isFinite(value)) {
      FixedColumn values = lane.numbers.values();
      numberGuesses[field] = putName(lane.numbers.keys(), field, numberGuesses[field]);
      values.putDouble(value);
    }
  }

  /**
   * Appends when it happened, or else when it was received.
   *
   * @return the field that said it, which is no label then
   */
  private int timestamp(WideEventsLane lane, Payload payload, Decoded decoded) {
    int field = find(TIMES);
    long unixNanos = field == NO_FIELD ? JsonTime.NONE : time(field);
    if (unixNanos == JsonTime.NONE) {
      lane.timestamp.putLong(payload.receivedUnixNanos());
      return NO_FIELD;
    }
    long clamped = Math.clamp(unixNanos, 0, JsonTime.MAX_UNIX_NANOS);
    if (clamped != unixNanos) {
      decoded.countClampedTimestamp();
    }
    lane.timestamp.putLong(clamped);
    return field;
  }

  private long time(int field) {
    int at = fields.valueAt(field);
    return switch (fields.kind(field)) {
      case STRING, NUMBER ->
          JsonTime.unixNanos(in.source(at), JsonCursor.index(at), fields.valueLength(field));
      case BOOLEAN, JSON -> JsonTime.NONE;
    };
  }

  private void service(LowCardinalityColumn column) {
    int field = find(SERVICES);
    if (field == NO_FIELD || fields.kind(field) == Kind.JSON) {
      column.put(in.bytes(), 0, 0);
    } else {
      int at = fields.valueAt(field);
      column.put(in.source(at), JsonCursor.index(at), fields.valueLength(field));
    }
  }

  /** The field with the first of these names that there is. */
  private int find(String[] names) {
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
