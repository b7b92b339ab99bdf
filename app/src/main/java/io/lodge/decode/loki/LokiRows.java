package io.lodge.decode.loki;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;

import io.lodge.block.LowCardinalityColumn;
import io.lodge.block.MapColumn;
import io.lodge.block.StringColumn;
import io.lodge.decode.DeadLetters;
import io.lodge.decode.Decoded;
import io.lodge.decode.RequestLimit;
import io.lodge.decode.Times;
import io.lodge.decode.wire.AttributeSlices;
import io.lodge.decode.wire.AttributeWriter;
import io.lodge.decode.wire.SourceContext;
import io.lodge.lane.Lanes;
import io.lodge.lane.LogsLane;
import io.lodge.model.Payload;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Appends streams: what the protobuf and the JSON reader share. One per payload. */
final class LokiRows {
  /**
   * Labels that name the service where there is no {@code service_name}, the better ones first: the
   * defaults of Loki's {@code discover_service_name}.
   */
  private static final List<byte[]> SERVICE_LABELS =
      List.of(
              "service_name",
              "service",
              "app",
              "application",
              "app_name",
              "name",
              "app_kubernetes_io_name",
              "container",
              "container_name",
              "k8s_container_name",
              "component",
              "workload",
              "job",
              "k8s_job_name")
          .stream()
          .map(name -> name.getBytes(US_ASCII))
          .toList();

  private static final byte[] UNKNOWN_SERVICE = "unknown_service".getBytes(US_ASCII);
  private static final byte[] DETECTED_LEVEL = "detected_level".getBytes(US_ASCII);
  private static final byte[] SEVERITY_NUMBER = "severity_number".getBytes(US_ASCII);
  private static final byte[] TRACE_ID = "trace_id".getBytes(US_ASCII);
  private static final byte[] SPAN_ID = "span_id".getBytes(US_ASCII);

  /** Memory kept from payload to payload. */
  static final class Scratch {
    final SourceContext context = new SourceContext();
    final AttributeWriter metadata = new AttributeWriter();
    int severityKey;
  }

  private final Payload payload;
  private final LogsLane logs;
  private final Decoded decoded;
  private final Scratch scratch;
  private final int recordBytesMax;
  private final DeadLetters letters;
  private final RequestLimit limit = new RequestLimit();

  LokiRows(Payload payload, Lanes lanes, Decoded decoded, Scratch scratch, int recordBytesMax) {
    this.payload = payload;
    this.decoded = decoded;
    this.scratch = scratch;
    this.recordBytesMax = recordBytesMax;
    logs = lanes.logs();
    letters = new DeadLetters(payload, lanes, decoded);
  }

  /** Counts an entry before anything is kept of it. */
  void countEntry() {
    limit.countRecord();
  }

  /** Appends a stream that has ended. */
  void stream(PushedStream stream, byte[] body) {
    limit.countCells((long) stream.labels.count() * stream.entries() + stream.metadata.count());
    int label = find(stream.labels, 0, stream.labels.count(), body, LineLevel.FIELDS);
    int stored = 0;
    for (int entry = 0; entry < stream.entries(); entry++) {
      String problem = stream.problem;
      if (problem != null) {
        letters.add("invalid_labels", problem, 1, stream.raw(entry, body));
      } else if (stream.rawLength(entry) > recordBytesMax) {
        letters.add(
            "record_too_large",
            "Max entry size '%d' bytes exceeded while adding an entry with length '%d' bytes"
                .formatted(recordBytesMax, stream.rawLength(entry)),
            1,
            stream.raw(entry, body));
      } else {
        entry(stream, entry, label, body);
        stored++;
      }
    }
    if (stored > 0) {
      labels(stream, stored, body);
      decoded.countStored(stored);
    }
  }

  private void entry(PushedStream stream, int entry, int levelLabel, byte[] body) {
    AttributeSlices metadata = stream.metadata;
    int from = stream.metadataFrom(entry);
    int to = stream.metadataTo(entry);
    logs.timestamp.putLong(Times.clampNanos(stream.unixNanos(entry), decoded));
    int lineAt = stream.lineAt(entry);
    byte[] source = metadata.source(body, lineAt);
    logs.body.put(source, AttributeSlices.index(lineAt), stream.lineLength(entry));
    level(stream, entry, levelLabel, body);
    id(logs.traceId, metadata, find(metadata, from, to, body, TRACE_ID), 32, body);
    id(logs.spanId, metadata, find(metadata, from, to, body, SPAN_ID), 16, body);
    scratch.metadata.putRow(logs.logAttributes, metadata, from, to, body);
  }

  /** In Loki's order: what the sender detected, labels, metadata, the line. */
  private void level(PushedStream stream, int entry, int levelLabel, byte[] body) {
    AttributeSlices metadata = stream.metadata;
    int from = stream.metadataFrom(entry);
    int to = stream.metadataTo(entry);
    int detected = find(metadata, from, to, body, DETECTED_LEVEL);
    if (detected >= 0) {
      said(metadata, detected, body);
    } else if (levelLabel >= 0) {
      said(stream.labels, levelLabel, body);
    } else {
      int named = find(metadata, from, to, body, LineLevel.FIELDS);
      if (named >= 0) {
        said(metadata, named, body);
      } else {
        put(detect(stream, entry, body));
      }
    }
  }

  private static Level detect(PushedStream stream, int entry, byte[] body) {
    AttributeSlices metadata = stream.metadata;
    int number =
        find(metadata, stream.metadataFrom(entry), stream.metadataTo(entry), body, SEVERITY_NUMBER);
    if (number >= 0) {
      int at = metadata.valueAt(number);
      String text =
          new String(
              metadata.source(body, at),
              AttributeSlices.index(at),
              metadata.valueLength(number),
              UTF_8);
      try {
        return Level.ofSeverityNumber(Integer.parseInt(text));
      } catch (NumberFormatException e) {
        return Level.INFO; // as Loki has it
      }
    }
    int lineAt = stream.lineAt(entry);
    return LineLevel.of(
        metadata.source(body, lineAt), AttributeSlices.index(lineAt), stream.lineLength(entry));
  }

  /** The level that a label or metadata says; a word that Loki does not know stays as it is. */
  private void said(AttributeSlices slices, int attribute, byte[] body) {
    int at = slices.valueAt(attribute);
    byte[] source = slices.source(body, at);
    int index = AttributeSlices.index(at);
    int length = slices.valueLength(attribute);
    @Nullable Level level = Level.of(source, index, length);
    if (level != null) {
      put(level);
      return;
    }
    logs.severityText.put(source, index, length);
    logs.severityNumber.putByte(0);
  }

  private void put(Level level) {
    byte[] text = level.text();
    scratch.severityKey = logs.severityText.put(text, 0, text.length, scratch.severityKey);
    logs.severityNumber.putByte(level.severityNumber);
  }

  /** What all entries of a stream have in common. */
  private void labels(PushedStream stream, int rows, byte[] body) {
    AttributeSlices labels = stream.labels;
    int service = find(labels, 0, labels.count(), body, SERVICE_LABELS);
    int at = service < 0 ? 0 : labels.valueAt(service);
    int key =
        service < 0
            ? logs.serviceName.keyOf(UNKNOWN_SERVICE, 0, UNKNOWN_SERVICE.length)
            : logs.serviceName.keyOf(
                labels.source(body, at), AttributeSlices.index(at), labels.valueLength(service));
    logs.serviceName.putKey(key, rows);
    SourceLabels.rename(stream, body);
    scratch.context.set(logs.resourceAttributes, labels, body);
    scratch.context.putRows(logs.resourceAttributes, rows);
    empty(rows);
    logs.observedTimestamp.fillLongs(payload.receivedUnixNanos(), rows);
    logs.receivedAt.fillLongs(payload.receivedUnixNanos(), rows);
    byte[] tenant = payload.tenant().getBytes(UTF_8);
    logs.tenant.putKey(logs.tenant.keyOf(tenant, 0, tenant.length), rows);
  }

  /** What Loki has no word for. */
  private void empty(int rows) {
    for (LowCardinalityColumn column :
        List.of(
            logs.eventName,
            logs.resourceSchemaUrl,
            logs.scopeSchemaUrl,
            logs.scopeName,
            logs.scopeVersion)) {
      column.putKey(0, rows);
    }
    MapColumn<LowCardinalityColumn> scope = logs.scopeAttributes;
    scope.endRows(0, rows);
    logs.traceFlags.fillInts(0, rows);
    logs.resourceDropped.fillInts(0, rows);
    logs.scopeDropped.fillInts(0, rows);
    logs.logDropped.fillInts(0, rows);
    logs.sampleRate.fillInts(1, rows);
  }

  /** A trace or span id in hexadecimal digits; anything else stays in the attributes alone. */
  private static void id(
      StringColumn column, AttributeSlices metadata, int attribute, int digits, byte[] body) {
    if (attribute < 0 || metadata.valueLength(attribute) != digits) {
      column.putEmpty();
      return;
    }
    int at = metadata.valueAt(attribute);
    byte[] source = metadata.source(body, at);
    int index = AttributeSlices.index(at);
    for (int i = index; i < index + digits; i++) {
      if (Character.digit(source[i], 16) < 0) {
        column.putEmpty();
        return;
      }
    }
    column.put(source, index, digits);
  }

  /** The first attribute with the best of these names, or -1. */
  private static int find(
      AttributeSlices slices, int from, int to, byte[] body, List<byte[]> names) {
    for (int i = 0; from < to && i < names.size(); i++) {
      int found = find(slices, from, to, body, names.get(i));
      if (found >= 0) {
        return found;
      }
    }
    return -1;
  }

  private static int find(AttributeSlices slices, int from, int to, byte[] body, byte[] name) {
    for (int i = from; i < to; i++) {
      int at = slices.keyAt(i);
      if (slices.keyLength(i) == name.length
          && Words.equal(slices.source(body, at), AttributeSlices.index(at), name.length, name)) {
        return i;
      }
    }
    return -1;
  }
}
