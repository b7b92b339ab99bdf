package io.lodge.decode.loki;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;

import io.lodge.decode.DeadLetters;
import io.lodge.decode.Decoded;
import io.lodge.decode.RequestLimit;
import io.lodge.decode.Times;
import io.lodge.decode.rows.LogFields;
import io.lodge.decode.rows.LogRows;
import io.lodge.decode.rows.LogScratch;
import io.lodge.decode.wire.AttributeSlices;
import io.lodge.decode.wire.SourceContext;
import io.lodge.lane.Lanes;
import io.lodge.model.Payload;
import io.lodge.route.Routing;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Appends streams: what the protobuf and the JSON reader share. A stream is a resource, and its
 * labels are the attributes; an entry is a log record. One per payload.
 */
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
  private static final int TRACE_ID_BYTES = 16;
  private static final int SPAN_ID_BYTES = 8;

  /** Memory kept from payload to payload. */
  static final class Scratch {
    final LogScratch logs;
    final PushedStream stream;
    final LogFields fields;

    Scratch(Routing routing) {
      logs = new LogScratch(routing);
      stream = new PushedStream(logs.source.resource);
      fields = new LogFields(stream.text);
    }
  }

  private final Decoded decoded;
  private final LogRows rows;
  private final PushedStream stream;
  private final LogFields fields;
  private final Scratch scratch;
  private final int recordBytesMax;
  private final DeadLetters letters;
  private final RequestLimit limit = new RequestLimit();

  LokiRows(Payload payload, Lanes lanes, Decoded decoded, Scratch scratch, int recordBytesMax) {
    this.decoded = decoded;
    this.scratch = scratch;
    this.recordBytesMax = recordBytesMax;
    stream = scratch.stream;
    fields = scratch.fields;
    rows = new LogRows(payload, lanes, decoded, scratch.logs);
    letters = new DeadLetters(payload, lanes, decoded);
  }

  /** Counts an entry before anything is kept of it. */
  void countEntry() {
    limit.countRecord();
  }

  /** Begins a stream: what is found from now on is its own. */
  void beginStream() {
    rows.beginResource();
    rows.beginScope();
    stream.clear();
  }

  /** Appends the stream that has ended. */
  void endStream(byte[] body) {
    limit.countCells((long) stream.labels.count() * stream.entries() + stream.metadata.count());
    String problem = stream.problem;
    if (problem != null) {
      for (int entry = 0; entry < stream.entries(); entry++) {
        reject("invalid_labels", problem, entry, body);
      }
      return;
    }
    int levelLabel = find(stream.labels, LineLevel.FIELDS, body);
    service(body);
    SourceLabels.rename(stream, body);
    for (int entry = 0; entry < stream.entries(); entry++) {
      if (stream.rawLength(entry) > recordBytesMax) {
        reject(
            "record_too_large",
            "Max entry size '%d' bytes exceeded while adding an entry with length '%d' bytes"
                .formatted(recordBytesMax, stream.rawLength(entry)),
            entry,
            body);
      } else {
        entry(entry, levelLabel, body);
      }
    }
    rows.endScope(body);
    rows.endResource(body);
  }

  private void reject(String reason, String detail, int entry, byte[] body) {
    letters.add(
        reason, detail, 1, stream.raw(entry, body), body, stream.labelsFrom, stream.labelsLength);
  }

  /** The service that a stream's labels name. */
  private void service(byte[] body) {
    AttributeSlices labels = stream.labels;
    int service = find(labels, SERVICE_LABELS, body);
    if (service >= 0) {
      scratch.logs.source.resource.service(labels.valueAt(service), labels.valueLength(service));
      return;
    }
    int at = stream.text.length();
    stream.text.putBytes(UNKNOWN_SERVICE, 0, UNKNOWN_SERVICE.length);
    scratch.logs.source.resource.service(~at, UNKNOWN_SERVICE.length);
  }

  private void entry(int entry, int levelLabel, byte[] body) {
    int mark = stream.text.length();
    fields.clearFields();
    AttributeSlices metadata = stream.metadata;
    int from = stream.metadataFrom(entry);
    int to = stream.metadataTo(entry);
    for (int i = from; i < to; i++) {
      fields.attributes.add(
          metadata.keyAt(i), metadata.keyLength(i), metadata.valueAt(i), metadata.valueLength(i));
    }
    fields.timeUnixNanos = Times.clampNanos(stream.unixNanos(entry), decoded);
    fields.timeIsEpoch = fields.timeUnixNanos == 0;
    fields.bodyAt = stream.lineAt(entry);
    fields.bodyLength = stream.lineLength(entry);
    level(levelLabel, body);
    fields.traceIdAt = id(TRACE_ID, TRACE_ID_BYTES, body);
    fields.traceIdLength = fields.traceIdAt < 0 ? TRACE_ID_BYTES : 0;
    fields.spanIdAt = id(SPAN_ID, SPAN_ID_BYTES, body);
    fields.spanIdLength = fields.spanIdAt < 0 ? SPAN_ID_BYTES : 0;
    rows.store(
        fields, body, stream.rawFrom(entry), stream.rawLength(entry), stream.rawOffset(entry));
    stream.text.truncate(mark);
  }

  /** The bytes of an id in hexadecimal digits; anything else stays in the attributes alone. */
  private int id(byte[] name, int bytes, byte[] body) {
    AttributeSlices metadata = fields.attributes;
    int found = find(metadata, name, body);
    if (found < 0 || metadata.valueLength(found) != 2 * bytes) {
      return 0;
    }
    int at = metadata.valueAt(found);
    return fields.putHex(metadata.source(body, at), AttributeSlices.index(at), 2 * bytes);
  }

  /** In Loki's order: what the sender detected, labels, metadata, the line. */
  private void level(int levelLabel, byte[] body) {
    AttributeSlices metadata = fields.attributes;
    int detected = find(metadata, DETECTED_LEVEL, body);
    if (detected >= 0) {
      said(metadata, detected, body);
    } else if (levelLabel >= 0) {
      said(stream.labels, levelLabel, body);
    } else {
      int named = find(metadata, LineLevel.FIELDS, body);
      if (named >= 0) {
        said(metadata, named, body);
      } else {
        put(detect(body));
      }
    }
  }

  private Level detect(byte[] body) {
    AttributeSlices metadata = fields.attributes;
    int number = find(metadata, SEVERITY_NUMBER, body);
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
    int lineAt = fields.bodyAt;
    return LineLevel.of(
        metadata.source(body, lineAt), AttributeSlices.index(lineAt), fields.bodyLength);
  }

  /** The level that a label or metadata says; a word that Loki does not know stays as it is. */
  private void said(AttributeSlices slices, int attribute, byte[] body) {
    int at = slices.valueAt(attribute);
    int length = slices.valueLength(attribute);
    @Nullable Level level = Level.of(slices.source(body, at), AttributeSlices.index(at), length);
    if (level != null) {
      put(level);
      return;
    }
    fields.severityTextAt = at;
    fields.severityTextLength = length;
  }

  private void put(Level level) {
    byte[] text = level.text();
    fields.severityTextAt = fields.put(text);
    fields.severityTextLength = text.length;
    fields.severityNumber = level.severityNumber;
  }

  /** The first attribute with the best of these names, or -1. */
  private static int find(AttributeSlices slices, List<byte[]> names, byte[] body) {
    for (int i = 0; slices.count() > 0 && i < names.size(); i++) {
      int found = find(slices, names.get(i), body);
      if (found >= 0) {
        return found;
      }
    }
    return -1;
  }

  private static int find(AttributeSlices slices, byte[] name, byte[] body) {
    return SourceContext.find(slices, body, name);
  }
}
