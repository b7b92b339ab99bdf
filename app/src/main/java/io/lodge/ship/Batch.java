package io.lodge.ship;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.zip.Deflater;
import java.util.zip.GZIPOutputStream;

/** Lines as log records of one request, in the order they came. Not safe for several threads. */
final class Batch {
  private static final ProtoBuffer SCOPE =
      new ProtoBuffer(16).string(Otlp.SCOPE_NAME, "lodge.ship");

  private final Map<Origin, ProtoBuffer> records = new LinkedHashMap<>();
  private final ProtoBuffer scratch = new ProtoBuffer(1024);
  private final ProtoBuffer value = new ProtoBuffer(1024);
  private int lines;
  private long lineBytes;

  int lines() {
    return lines;
  }

  /** Bytes of the lines themselves, without line breaks. */
  long lineBytes() {
    return lineBytes;
  }

  void add(Origin origin, Line line, long observedUnixNanos) {
    scratch.clear();
    scratch.fixed64(Otlp.LOG_RECORD_TIME, observedUnixNanos);
    if (line.part() <= 1) {
      addSeverity(Severity.guess(line.bytes(), line.from(), line.length()));
    }
    body(line);
    scratch.raw(origin.recordAttributes());
    if (line.part() > 0) {
      scratch.message(Otlp.LOG_RECORD_ATTRIBUTES, Otlp.attribute("log.line.part", line.part()));
      scratch.message(Otlp.LOG_RECORD_ATTRIBUTES, Otlp.attribute("log.line.last", line.last()));
    }
    scratch.fixed64(Otlp.LOG_RECORD_OBSERVED_TIME, observedUnixNanos);
    records
        .computeIfAbsent(origin, _ -> new ProtoBuffer(64 * 1024))
        .message(Otlp.SCOPE_LOGS_LOG_RECORDS, scratch);
    lines++;
    lineBytes += line.length();
  }

  /**
   * A body is text, to be read and searched. Where the line is not UTF-8 its bytes go along as they
   * are.
   */
  private void body(Line line) {
    value.clear();
    if (Utf8.isValid(line.bytes(), line.from(), line.length())) {
      value.bytes(Otlp.VALUE_STRING, line.bytes(), line.from(), line.length());
      scratch.message(Otlp.LOG_RECORD_BODY, value);
      return;
    }
    value.string(
        Otlp.VALUE_STRING,
        new String(line.bytes(), line.from(), line.length(), StandardCharsets.UTF_8));
    scratch.message(Otlp.LOG_RECORD_BODY, value);
    value.clear();
    value.bytes(Otlp.VALUE_BYTES, line.bytes(), line.from(), line.length());
    scratch.message(Otlp.LOG_RECORD_ATTRIBUTES, Otlp.attribute("log.record.original", value));
  }

  private void addSeverity(Optional<Severity> severity) {
    severity.ifPresent(known -> {
      scratch.varint(Otlp.LOG_RECORD_SEVERITY_NUMBER, known.number());
      scratch.string(Otlp.LOG_RECORD_SEVERITY_TEXT, known.text());
    });
  }

  /** The {@code ExportLogsServiceRequest}. */
  byte[] encode(boolean gzip) {
    ProtoBuffer request = new ProtoBuffer((int) Math.min(lineBytes * 2 + 4096, 1 << 30));
    records.forEach((origin, logs) -> {
      ProtoBuffer scopeLogs = new ProtoBuffer(32).message(Otlp.SCOPE_LOGS_SCOPE, SCOPE);
      ProtoBuffer resourceLogs =
          new ProtoBuffer(512)
              .message(Otlp.RESOURCE_LOGS_RESOURCE, origin.resource())
              .header(Otlp.RESOURCE_LOGS_SCOPE_LOGS, scopeLogs.length() + logs.length())
              .raw(scopeLogs);
      request
          .header(Otlp.REQUEST_RESOURCE_LOGS, resourceLogs.length() + logs.length())
          .raw(resourceLogs)
          .raw(logs);
    });
    return gzip ? compressed(request) : request.toByteArray();
  }

  private static byte[] compressed(ProtoBuffer request) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream(request.length() / 4 + 64);
    try (OutputStream gzip = new FastGzip(bytes)) {
      request.writeTo(gzip);
    } catch (IOException e) {
      throw new UncheckedIOException("memory does not fail", e);
    }
    return bytes.toByteArray();
  }

  /** Level 1: logs compress well at any level, and this one costs a third of the default. */
  private static final class FastGzip extends GZIPOutputStream {
    FastGzip(OutputStream out) throws IOException {
      super(out, 16 * 1024);
      def.setLevel(Deflater.BEST_SPEED);
    }
  }
}
