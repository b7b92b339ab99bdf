package io.lodge.decode.events;

import io.lodge.block.FixedColumn;
import io.lodge.block.LowCardinalityColumn;
import io.lodge.decode.Decoded;
import io.lodge.decode.json.JsonCursor;
import io.lodge.decode.json.JsonFields;
import io.lodge.decode.json.JsonFields.Kind;
import io.lodge.decode.json.JsonNumbers;
import io.lodge.decode.json.JsonTime;
import io.lodge.decode.rows.RecordRouting;
import io.lodge.decode.rows.SourceScratch;
import io.lodge.lane.WideEventsLane;
import io.lodge.model.Payload;
import io.lodge.route.Routing;
import io.lodge.route.when.Signal;
import java.util.Arrays;

/**
 * Follows the routing rules for events, and appends their fields as rows of the wide events.
 *
 * <p>The names that say which service an event is of, in the order in which they count: {@link
 * #SERVICES}. Reused; belongs to one thread.
 */
final class EventRows {
  private static final String[] SERVICES = {
    "service.name", "service_name", "service", "application"
  };

  private final JsonFields fields;
  private final JsonCursor in;
  private final EventRecord record;
  private final RecordRouting routing;

  /** The keys of the last event's fields by position: the next event most likely has the same. */
  private int[] labelGuesses = new int[64];

  private int[] numberGuesses = new int[64];

  EventRows(JsonFields fields, Routing rules) {
    this.fields = fields;
    in = fields.cursor();
    record = new EventRecord(fields);
    routing = new RecordRouting(rules, Signal.EVENTS, new SourceScratch());
  }

  void beginPayload(Payload payload, Decoded decoded) {
    routing.beginPayload(payload, decoded);
  }

  /** The dataset of the events from now on. */
  void dataset(byte[] name) {
    record.dataset(name);
  }

  /**
   * Changes the fields that were read last as the rules say, and appends them unless they are
   * dropped; the columns of source and receipt are the caller's.
   *
   * @param from the index of the event as received
   * @param offset where it began in the decompressed body
   * @return whether it is stored
   */
  boolean append(
      WideEventsLane lane, Payload payload, Decoded decoded, int from, int length, int offset) {
    routing.source(1, 1, in.bytes());
    boolean kept = routing.keeps(record, in.bytes(), from, length, offset);
    fields.countCells(routing.takeCells());
    if (!kept) {
      decoded.countDropped();
      return false;
    }
    append(lane, payload, decoded);
    lane.sampleRate.putInt(routing.sampleRate());
    return true;
  }

  private void append(WideEventsLane lane, Payload payload, Decoded decoded) {
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
    int field = EventTime.find(fields);
    if (field == EventTime.NO_FIELD) {
      lane.timestamp.putLong(payload.receivedUnixNanos());
      return field;
    }
    long unixNanos = EventTime.unixNanos(fields, field);
    long clamped = Math.clamp(unixNanos, 0, JsonTime.MAX_UNIX_NANOS);
    if (clamped != unixNanos) {
      decoded.countClampedTimestamp();
    }
    lane.timestamp.putLong(clamped);
    return field;
  }

  private void service(LowCardinalityColumn column) {
    int field = EventTime.find(fields, SERVICES);
    if (field == EventTime.NO_FIELD || fields.kind(field) == Kind.JSON) {
      column.put(in.bytes(), 0, 0);
    } else {
      int at = fields.valueAt(field);
      column.put(in.source(at), JsonCursor.index(at), fields.valueLength(field));
    }
  }
}
