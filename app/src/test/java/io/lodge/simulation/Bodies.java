package io.lodge.simulation;

import io.lodge.decode.Wire;
import io.lodge.model.ContentEncoding;
import io.lodge.model.Payload;
import io.lodge.model.PayloadKind;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Real bodies of several protocols, whose records are numbered: {@code p12.r3}. */
final class Bodies {
  private static final int RECORDS_MAX = 6;
  private static final int SERIES = 5;

  /** Poison is what the landing table of logs refuses, where it does. */
  static final String POISON = "poison";

  private final World world;
  private final boolean prometheus;
  private final boolean poison;
  private int next;

  Bodies(World world, boolean prometheus, boolean poison) {
    this.world = world;
    this.prometheus = prometheus;
    this.poison = poison;
  }

  Sent next() {
    int number = next++;
    return switch (world.between(0, prometheus ? 5 : 4)) {
      case 0, 1 -> logs(number, PayloadKind.OTLP_LOGS_PROTOBUF);
      case 2 -> world.oneIn(3) ? malformed(number) : logs(number, PayloadKind.OTLP_LOGS_JSON);
      case 3, 4 -> prometheus && world.oneIn(2) ? samples(number) : events(number);
      default -> samples(number);
    };
  }

  private String text(int number, int record) {
    String what = poison && world.oneIn(25) ? POISON : "text";
    return row(number, record) + " rules=0; " + what + "x".repeat(world.random().nextInt(60));
  }

  static String row(int number, int record) {
    return Sent.mark(number) + "r" + record + ";";
  }

  /** Mostly now; else another day, and so another partition. */
  private long time() {
    long day = Duration.ofDays(1).toNanos();
    return world.clockNanos() - (world.oneIn(3) ? day * world.between(1, 2) : 0);
  }

  private Sent logs(int number, PayloadKind kind) {
    List<String> rows = new ArrayList<>();
    StringBuilder json = new StringBuilder();
    Wire scope = new Wire();
    int records = world.between(1, RECORDS_MAX);
    for (int i = 0; i < records; i++) {
      String text = text(number, i);
      long time = time();
      json.append(i == 0 ? "" : ",")
          .append(
              "{\"timeUnixNano\":\"%d\",\"body\":{\"stringValue\":\"%s\"}}".formatted(time, text));
      scope.message(2, new Wire().fixed64(1, time).message(5, new Wire().string(1, text)));
      rows.add(row(number, i));
    }
    byte[] bytes =
        kind == PayloadKind.OTLP_LOGS_JSON
            ? utf8("{\"resourceLogs\":[{\"scopeLogs\":[{\"logRecords\":[" + json + "]}]}]}")
            : new Wire().message(1, new Wire().message(2, scope)).toBytes();
    return sent(number, kind, bytes, rows, 0, true);
  }

  /** Good records, and then the end is missing. */
  private Sent malformed(int number) {
    world.count(Fault.MALFORMED_BODY);
    Sent whole = logs(number, PayloadKind.OTLP_LOGS_JSON);
    byte[] bytes = whole.payload().bytes();
    byte[] cut = Arrays.copyOf(bytes, bytes.length - world.between(1, 8));
    return sent(number, PayloadKind.OTLP_LOGS_JSON, cut, whole.rows(), 0, false);
  }

  private Sent events(int number) {
    List<String> rows = new ArrayList<>();
    StringBuilder lines = new StringBuilder();
    int dead = 0;
    int records = world.between(1, RECORDS_MAX);
    for (int i = 0; i < records; i++) {
      rows.add(row(number, i));
      if (records > 1 && world.oneIn(6)) {
        dead++;
        lines.append("{\"text\": \"%s\", broken}%n".formatted(row(number, i)));
      } else {
        lines.append(
            "{\"timestamp\": %d, \"text\": \"%s\", \"n\": %d}%n"
                .formatted(time() / 1_000_000, text(number, i), i));
      }
    }
    return sent(number, PayloadKind.JSON_EVENTS, utf8(lines.toString()), rows, dead, true);
  }

  private Sent samples(int number) {
    List<String> rows = new ArrayList<>();
    Wire request = new Wire();
    int records = world.between(1, RECORDS_MAX);
    for (int i = 0; i < records; i++) {
      Wire sample =
          new Wire()
              .fixed64(1, Double.doubleToRawLongBits(value(number, i)))
              .varint(2, time() / 1_000_000);
      request.message(
          1,
          new Wire()
              .message(1, new Wire().string(1, "__name__").string(2, "requests_total"))
              .message(1, new Wire().string(1, "pod").string(2, "pod-" + world.between(1, SERIES)))
              .message(2, sample));
      rows.add(row(number, i));
    }
    // A label cannot number a sample without making a series of it: the value does.
    return sent(number, PayloadKind.PROMETHEUS_WRITE_V1, request.toBytes(), rows, 0, true);
  }

  static double value(int number, int record) {
    return number * 100.0 + record;
  }

  private Sent sent(
      int number, PayloadKind kind, byte[] bytes, List<String> rows, int dead, boolean readable) {
    Payload payload =
        new Payload(
            kind,
            ContentEncoding.IDENTITY,
            "default",
            kind == PayloadKind.JSON_EVENTS ? "events" : "",
            world.clockNanos(),
            bytes,
            0,
            bytes.length);
    return new Sent(number, payload, List.copyOf(rows), dead, readable);
  }

  private static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
