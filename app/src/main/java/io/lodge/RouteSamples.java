package io.lodge;

import io.lodge.block.ByteSink;
import io.lodge.decode.wire.JsonText;
import io.lodge.model.PayloadKind;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** A file of samples as the payloads that listeners would have made of it. */
final class RouteSamples {
  private static final String SYSLOG_ORIGIN = "tcp Z 127.0.0.1";

  /** What a file holds. */
  enum Format {
    /** Requests of OTLP (logs, traces) and Loki in JSON; each other line is a log's body. */
    LINES,
    /** A syslog message on each line. */
    SYSLOG,
    /** Events as {@code POST /v1/events/DATASET} takes them. */
    EVENTS,
    /** A request to {@code /_bulk}. */
    BULK,
    /** A JSON array of Zipkin's spans. */
    ZIPKIN;

    @Override
    public String toString() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /**
   * A payload.
   *
   * @param context what the request says beside its body
   */
  record Sample(PayloadKind kind, String context, byte[] body) {}

  private final Map<String, String> resource;
  private final String dataset;

  /**
   * @param resource attributes of the resource of lines that are bodies
   * @param dataset of events, and the index of documents that name none
   */
  RouteSamples(Map<String, String> resource, String dataset) {
    this.resource = resource;
    this.dataset = dataset;
  }

  List<Sample> read(Format format, String text) {
    return switch (format) {
      case LINES -> lines(text);
      case SYSLOG -> List.of(new Sample(PayloadKind.SYSLOG, SYSLOG_ORIGIN, syslog(text)));
      case EVENTS -> List.of(new Sample(PayloadKind.JSON_EVENTS, dataset, utf8(text)));
      case BULK -> List.of(new Sample(PayloadKind.ELASTICSEARCH_BULK, dataset, utf8(text)));
      case ZIPKIN -> List.of(new Sample(PayloadKind.ZIPKIN_JSON, "", utf8(text)));
    };
  }

  private List<Sample> lines(String text) {
    List<Sample> samples = new ArrayList<>();
    boolean one =
        isRequest(text) && text.strip().lines().skip(1).noneMatch(RouteSamples::isRequest);
    for (String part : one ? List.of(text) : text.lines().toList()) {
      if (!part.isBlank()) {
        samples.add(sample(part));
      }
    }
    return samples;
  }

  private Sample sample(String part) {
    if (!isRequest(part)) {
      return new Sample(PayloadKind.OTLP_LOGS_JSON, "", request(resource, part));
    }
    boolean spans = part.contains("\"resourceSpans\"") || part.contains("\"resource_spans\"");
    boolean streams = part.contains("\"streams\"") && !part.contains("\"resource");
    PayloadKind kind =
        spans
            ? PayloadKind.OTLP_TRACES_JSON
            : streams ? PayloadKind.LOKI_JSON : PayloadKind.OTLP_LOGS_JSON;
    return new Sample(kind, "", utf8(part));
  }

  private static boolean isRequest(String text) {
    String start = text.stripLeading();
    return start.startsWith("{")
        && (start.contains("\"resourceLogs\"")
            || start.contains("\"resource_logs\"")
            || start.contains("\"resourceSpans\"")
            || start.contains("\"resource_spans\"")
            || start.replaceAll("\\s", "").startsWith("{\"streams\":["));
  }

  private static byte[] syslog(String text) {
    ByteSink frames = new ByteSink(text.length() + 256);
    for (String line : text.split("\n", -1)) {
      byte[] message = utf8(line);
      if (message.length > 0) {
        frames.putInt(message.length);
        frames.putBytes(message, 0, message.length);
      }
    }
    return copy(frames);
  }

  /** A request of one record with this body, whose resource has these attributes. */
  static byte[] request(Map<String, String> resource, String body) {
    ByteSink out = new ByteSink(256);
    JsonText.putAscii(out, "{\"resourceLogs\":[{\"resource\":{\"attributes\":[");
    boolean first = true;
    for (Map.Entry<String, String> attribute : resource.entrySet()) {
      JsonText.putAscii(out, first ? "{\"key\":" : ",{\"key\":");
      putQuoted(out, attribute.getKey());
      JsonText.putAscii(out, ",\"value\":{\"stringValue\":");
      putQuoted(out, attribute.getValue());
      JsonText.putAscii(out, "}}");
      first = false;
    }
    JsonText.putAscii(out, "]},\"scopeLogs\":[{\"logRecords\":[{\"body\":{\"stringValue\":");
    putQuoted(out, body);
    JsonText.putAscii(out, "}}]}]}]}");
    return copy(out);
  }

  private static void putQuoted(ByteSink out, String text) {
    byte[] utf8 = utf8(text);
    JsonText.putQuoted(out, utf8, 0, utf8.length);
  }

  private static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private static byte[] copy(ByteSink sink) {
    byte[] bytes = new byte[sink.length()];
    System.arraycopy(sink.array(), 0, bytes, 0, bytes.length);
    return bytes;
  }
}
