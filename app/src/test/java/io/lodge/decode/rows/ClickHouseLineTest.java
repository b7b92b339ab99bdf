package io.lodge.decode.rows;

import static org.assertj.core.api.Assertions.assertThat;

import io.lodge.decode.wire.AttributeSlices;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** Lines as ClickHouse writes them, and what looks like one. */
class ClickHouseLineTest {
  /** How many damaged lines to try: -Dlodge.mutations=5000000 for a night. */
  private static final int MUTATIONS = Integer.getInteger("lodge.mutations", 20_000);

  private static final String TEXT =
      "2024.03.14 11:24:39.782166 [ 1326 ] {43ab3b35-82e5-4e77} <Debug> MemoryTracker:"
          + " Peak memory usage (for query): 28.34 MiB.";

  private static final String JSON =
      """
      {"date_time":"1710415479.782166","thread_name":"TCPServerConnection ([#264])",\
      "thread_id":"1326","level":"Debug","query_id":"43ab","logger_name":"MemoryTracker",\
      "message":"Peak \\"memory\\"","source_file":"src/Common/MemoryTracker.cpp; void f()",\
      "source_line":"159"}\
      """;

  private final ClickHouseLine line = new ClickHouseLine(new BodyJson());
  private final LogFields fields = new LogFields();

  /** The record's parts after parsing; {@code body} among them. */
  private Map<String, String> parse(String body) {
    Map<String, String> received = parse(body, false);
    assertThat(parse(body, true)).isEqualTo(received);
    return received;
  }

  private Map<String, String> parse(String body, boolean rendered) {
    byte[] bytes = ("[" + body + "]").getBytes(StandardCharsets.UTF_8);
    fields.clear();
    fields.bodyLength = bytes.length - 2;
    if (rendered) {
      fields.text.putBytes(bytes, 0, bytes.length);
    }
    fields.bodyAt = rendered ? ~1 : 1;
    line.parse(fields, bytes);
    AttributeSlices slices = fields.attributes;
    Map<String, String> parts = new LinkedHashMap<>();
    parts.put("body", text(bytes, fields.bodyAt, fields.bodyLength));
    parts.put(
        "severity",
        text(bytes, fields.severityTextAt, fields.severityTextLength) + fields.severityNumber);
    for (int i = 0; i < slices.count(); i++) {
      parts.put(
          text(bytes, slices.keyAt(i), slices.keyLength(i)),
          text(bytes, slices.valueAt(i), slices.valueLength(i)));
    }
    return parts;
  }

  private String text(byte[] body, int at, int length) {
    return new String(
        fields.attributes.source(body, at),
        AttributeSlices.index(at),
        length,
        StandardCharsets.UTF_8);
  }

  private static long nanos(String instant) {
    Instant at = Instant.parse(instant);
    return at.getEpochSecond() * 1_000_000_000L + at.getNano();
  }

  @Test
  void aLineOfTextBecomesItsParts() {
    assertThat(parse(TEXT))
        .containsExactlyInAnyOrderEntriesOf(
            Map.of(
                "body", "Peak memory usage (for query): 28.34 MiB.",
                "severity", "DEBUG5",
                "thread_id", "1326",
                "query_id", "43ab3b35-82e5-4e77",
                "level", "Debug",
                "logger_name", "MemoryTracker"));
    assertThat(fields.timeUnixNanos).isEqualTo(nanos("2024-03-14T11:24:39.782166Z"));
  }

  @Test
  void aLineOfJsonBecomesTheSameParts() {
    assertThat(parse(JSON))
        .containsExactlyInAnyOrderEntriesOf(
            Map.of(
                "body", "Peak \"memory\"",
                "severity", "DEBUG5",
                "thread_id", "1326",
                "thread_name", "TCPServerConnection ([#264])",
                "query_id", "43ab",
                "level", "Debug",
                "logger_name", "MemoryTracker",
                "source_file", "src/Common/MemoryTracker.cpp; void f()",
                "source_line", "159"));
    assertThat(fields.timeUnixNanos).isEqualTo(nanos("2024-03-14T11:24:39.782166Z"));
  }

  @Test
  void noQueryAndSeveralLinesAreUsual() {
    Map<String, String> parts =
        parse(
            "2024.02.29 00:00:00.000001 [ 1 ] {} <Fatal> db.t (0f3a): Code: 1.\n0. a::b() @ 0x1\n");
    assertThat(parts)
        .containsEntry("body", "Code: 1.\n0. a::b() @ 0x1\n")
        .containsEntry("logger_name", "db.t (0f3a)")
        .containsEntry("severity", "FATAL21")
        .doesNotContainKey("query_id");
    assertThat(fields.timeUnixNanos).isEqualTo(nanos("2024-02-29T00:00:00.000001Z"));
  }

  @Test
  void coloursAreTakenOut() {
    String colour = "\u001b[38;5;12m";
    String coloured =
        TEXT.replace("1326", colour + "1326\u001b[0m")
            .replace("Debug", "\u001b[1;33mDebug\u001b[0m")
            .replace("MemoryTracker", colour + "MemoryTracker\u001b[0m");
    assertThat(parse(coloured)).isEqualTo(parse(TEXT));
    assertThat(parse("\u001b[1mnot a line")).containsEntry("body", "\u001b[1mnot a line");
  }

  @Test
  void aTimeThatWasSentStays() {
    byte[] bytes = TEXT.getBytes(StandardCharsets.UTF_8);
    fields.clear();
    fields.bodyLength = bytes.length;
    fields.timeUnixNanos = 42;
    line.parse(fields, bytes);
    assertThat(fields.timeUnixNanos).isEqualTo(42);
    assertThat(fields.attributes.count()).isEqualTo(4);
  }

  @Test
  void whatIsNoLineStaysAsItIs() {
    for (String body :
        new String[] {
          "",
          "Processing configuration file '/etc/clickhouse-server/config.xml'.",
          "2024.03.14 11:24:39 [ 1 ] {} <Debug> A: b",
          TEXT.replace("{", "("),
          TEXT.replace(">", ""),
          TEXT.replace(":", ";"),
          "{\"message\":\"m\",\"level\":\"Debug\"}",
          JSON.substring(1),
          JSON + "x"
        }) {
      assertThat(parse(body)).as(body).isEqualTo(Map.of("body", body, "severity", "0"));
    }
  }

  @Test
  void everyLevelHasItsSeverity() {
    Map.of(
            "Fatal", "FATAL21",
            "Critical", "CRITICAL18",
            "Error", "ERROR17",
            "Warning", "WARN13",
            "Notice", "NOTICE10",
            "Information", "INFO9",
            "Trace", "TRACE1",
            "Test", "TEST1",
            "Odd", "0")
        .forEach((level, severity) ->
            assertThat(parse(TEXT.replace("Debug", level))).containsEntry("severity", severity));
  }

  @Test
  void aDamagedLineIsReadOrLeftAlone() {
    var random = new SplittableRandom(11);
    int read = 0;
    for (int i = 0; i < MUTATIONS; i++) {
      String whole = random.nextBoolean() ? TEXT : JSON;
      StringBuilder body =
          new StringBuilder(whole.substring(0, random.nextInt(whole.length() + 1)));
      for (int damage = random.nextInt(3); damage > 0 && !body.isEmpty(); damage--) {
        body.setCharAt(random.nextInt(body.length()), (char) random.nextInt(0x20, 0x7F));
      }
      Map<String, String> parts = parse(body.toString());
      if (parts.containsKey("logger_name")) {
        read++;
        assertThat(body.toString()).contains(parts.get("logger_name"), parts.get("level"));
      } else {
        assertThat(parts)
            .containsOnlyKeys("body", "severity")
            .containsEntry("body", body.toString());
      }
    }
    assertThat(read).isPositive();
  }
}
