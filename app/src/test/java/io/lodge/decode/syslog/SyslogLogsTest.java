package io.lodge.decode.syslog;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lodge.decode.Decoding;
import io.lodge.decode.MalformedPayloadException;
import io.lodge.model.SyslogFrame;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What messages become, by the examples of the RFCs and by what devices really send. */
class SyslogLogsTest {

  @Test
  void rfc5424WithStructuredData() throws Exception {
    var row =
        Messages.row(
            "<165>1 2026-10-11T22:14:15.003Z mymachine.example.com evntslog 12 ID47"
                + " [exampleSDID@32473 iut=\"3\" eventSource=\"Appli\\]\\\"\\\\\\cation\"]"
                + "[origin ip=\"192.0.2.1\" ip=\"192.0.2.2\" swVersion=\"5.1\"][bare]"
                + " \uFEFFAn application event ä");
    assertThat(row)
        .containsEntry("Timestamp", nanos("2026-10-11T22:14:15.003Z"))
        .containsEntry("ObservedTimestamp", Decoding.RECEIVED)
        .containsEntry("SeverityText", "notice")
        .containsEntry("ServiceName", "evntslog")
        .containsEntry("Body", "An application event ä")
        .containsEntry("Tenant", "acme");
    assertThat(((Number) requireNonNull(row.get("SeverityNumber"))).intValue()).isEqualTo(10);
    assertThat(row.get("ResourceAttributes"))
        .isEqualTo(
            Map.of(
                "host.name", "mymachine.example.com",
                "service.name", "evntslog",
                "service.version", "5.1"));
    Map<String, String> attributes = attributes("tcp", "local4");
    attributes.put("syslog.version", "1");
    attributes.put("syslog.procid", "12");
    attributes.put("syslog.msgid", "ID47");
    attributes.put("syslog.sd.exampleSDID@32473.iut", "3");
    attributes.put("syslog.sd.exampleSDID@32473.eventSource", "Appli]\"\\\\cation");
    attributes.put("syslog.sd.origin.swVersion", "5.1");
    attributes.put("client.address", "192.0.2.1");
    attributes.put("syslog.sd.bare", "");
    assertThat(castMap(row.get("LogAttributes"))).containsAllEntriesOf(attributes);
  }

  @Test
  void rfc5424WithNilEverywhere() throws Exception {
    var row = Messages.row("<0>1 - - - - - -");
    assertThat(row)
        .containsEntry("Timestamp", Decoding.RECEIVED)
        .containsEntry("SeverityText", "emerg")
        .containsEntry("ServiceName", "")
        .containsEntry("Body", "")
        .containsEntry("ResourceAttributes", Map.of());
    Map<String, String> attributes = attributes("tcp", "kern");
    attributes.put("syslog.version", "1");
    assertThat(row).containsEntry("LogAttributes", attributes);
  }

  @Test
  void timesOfRfc5424() throws Exception {
    for (String time :
        new String[] {
          "1985-04-12T23:20:50.52Z",
          "2003-08-24T05:14:15.000003-07:00",
          "2024-02-29T00:00:00.123456789+14:00",
          "2099-12-31T23:59:59Z"
        }) {
      assertThat(Messages.row("<13>1 " + time + " h a p m - x"))
          .as(time)
          .containsEntry("Timestamp", nanos(time));
    }
  }

  @Test
  void rfc3164() throws Exception {
    var row = Messages.row("<34>Nov 11 22:14:15 mymachine su: 'su root' failed for lonvick");
    assertThat(row)
        .containsEntry("Timestamp", nanos("2026-11-11T22:14:15Z"))
        .containsEntry("SeverityText", "crit")
        .containsEntry("ServiceName", "su")
        .containsEntry("Body", "'su root' failed for lonvick")
        .containsEntry("ResourceAttributes", Map.of("host.name", "mymachine", "service.name", "su"))
        .containsEntry("LogAttributes", attributes("tcp", "auth"));
  }

  @Test
  void formsOfRfc3164() throws Exception {
    check("<13>Oct  1 02:03:04 h app[12]: x y", "2026-10-01T02:03:04Z", "h", "app", "12", "x y");
    check(
        "<13>2026-11-18T10:00:00.5+01:00 h app: x", "2026-11-18T09:00:00.5Z", "h", "app", "", "x");
    check(
        "<13>Oct  1 02:03:04 2001:db8::1 a: x",
        "2026-10-01T02:03:04Z",
        "2001:db8::1",
        "a",
        "",
        "x");
    check("<13>Oct  1 02:03:04 app[1]: x", "2026-10-01T02:03:04Z", "", "app", "1", "x");
    check("<13>Oct  1 02:03:04 h no tag here", "2026-10-01T02:03:04Z", "h", "", "", "no tag here");
    check("<13>app: no time", null, "", "app", "", "no time");
    check("<13>just text", null, "", "", "", "just text");
    check(
        "<189>29: *Nov 10 01:02:03.456: %SYS-5-CONFIG_I: Configured",
        "2026-11-10T01:02:03.456Z", "", "%SYS-5-CONFIG_I", "", "Configured");
    check(
        "<166>Nov 10 2025 01:02:03 fw : %ASA-6-302013: Built",
        "2025-11-10T01:02:03Z", "fw", "", "", ": %ASA-6-302013: Built");
    check("<13>", null, "", "", "", "");
  }

  private static void check(
      String message, @Nullable String time, String host, String app, String id, String text)
      throws Exception {
    var row = Messages.row(message);
    assertThat(row)
        .as(message)
        .containsEntry("Timestamp", time == null ? Decoding.RECEIVED : nanos(time))
        .containsEntry("ServiceName", app)
        .containsEntry("Body", text);
    assertThat(castMap(row.get("ResourceAttributes")).getOrDefault("host.name", ""))
        .as(message)
        .isEqualTo(host);
    assertThat(castMap(row.get("LogAttributes")).getOrDefault("syslog.procid", ""))
        .as(message)
        .isEqualTo(id);
  }

  @Test
  void aTimeWithoutAYearIsNearToItsReceipt() throws Exception {
    String message = "<13>%s 23:59:59 h a: x";
    checkYear("2027-01-01T00:00:01Z", message.formatted("Dec 31"), "2026-12-31T23:59:59Z");
    checkYear("2026-12-31T23:59:58Z", "<13>Jan  1 00:00:01 h a: x", "2027-01-01T00:00:01Z");
    checkYear("2027-03-01T12:00:00Z", message.formatted("Feb 28"), "2027-02-28T23:59:59Z");
    checkYear("2027-03-01T12:00:00Z", message.formatted("Feb 29"), "2028-02-29T23:59:59Z");
  }

  private static void checkYear(String received, String message, String time) throws Exception {
    Messages messages = new Messages();
    byte[] body = Messages.frames(message.getBytes(StandardCharsets.UTF_8));
    messages.decode("udp Z ::1", nanos(received), body);
    assertThat(messages.logs().getFirst()).containsEntry("Timestamp", nanos(time));
  }

  @Test
  void aTimeWithoutAZoneIsInTheZoneOfTheContext() throws Exception {
    String message = "<13>Nov 11 22:14:15 h a: x";
    assertThat(Messages.rows("udp -05:00 192.0.2.7", message).getFirst())
        .containsEntry("Timestamp", nanos("2026-11-12T03:14:15Z"));
    assertThat(Messages.rows("udp +05:30 192.0.2.7", message).getFirst())
        .containsEntry("Timestamp", nanos("2026-11-11T16:44:15Z"));
  }

  @Test
  void whatIsNotSyslogIsStoredWholeWithTheProblem() throws Exception {
    checkBroken("hello", "it does not begin with a priority of <0> to <191>", false);
    checkBroken("<192>1 - - - - - -", "it does not begin with a priority of <0> to <191>", false);
    checkBroken("<13", "it does not begin with a priority of <0> to <191>", false);
    checkBroken("<13>1 yesterday h a p m - x", "its timestamp is not one of RFC 5424", true);
    checkBroken(
        "<13>1 2026-02-29T00:00:00Z h a p m - x", "its timestamp is not one of RFC 5424", true);
    checkBroken("<13>1 - h a p", "its header ends before the structured data", true);
    checkBroken("<13>1 - h a p m [x y=\"1\" z", "its structured data is broken", true);
    checkBroken("<13>1 - h a p m [x y=\"1\"]z", "no space follows its structured data", true);
  }

  private static void checkBroken(String message, String problem, boolean hasPriority)
      throws Exception {
    var row = Messages.row(message);
    assertThat(row)
        .as(message)
        .containsEntry("Body", message)
        .containsEntry("ServiceName", "")
        .containsEntry("ResourceAttributes", Map.of())
        .containsEntry("SeverityText", hasPriority ? "notice" : "");
    Map<String, String> attributes = attributes("tcp", hasPriority ? "user" : null);
    attributes.put("syslog.problem", problem);
    assertThat(row).as(message).containsEntry("LogAttributes", attributes);
  }

  @Test
  void bytesThatAreNotUtf8AreKept() throws Exception {
    Messages messages = new Messages();
    byte[] latin1 = "<13>Nov 11 22:14:15 h a: gr\u00fc\u00df".getBytes(StandardCharsets.ISO_8859_1);
    messages.decode("tcp Z ::1", Decoding.RECEIVED, Messages.frames(latin1));
    assertThat(
            messages
                .decoding
                .rows(messages.decoding.lanes.logs(), StandardCharsets.ISO_8859_1)
                .getFirst())
        .containsEntry("Body", "gr\u00fc\u00df");
  }

  @Test
  void aCutMessageSaysSo() throws Exception {
    Messages messages = new Messages();
    byte[] body = Messages.frames("<13>a: x".getBytes(StandardCharsets.UTF_8));
    body[3] |= (byte) (SyslogFrame.CUT >>> 24);
    messages.decode("tcp Z ::1", Decoding.RECEIVED, body);
    assertThat(castMap(messages.logs().getFirst().get("LogAttributes")))
        .containsEntry("syslog.truncated", "true");
  }

  @Test
  void aMessageOverTheRecordLimitIsADeadLetter() throws Exception {
    Messages messages = new Messages();
    byte[] large =
        "<13>a: ".concat("x".repeat(Decoding.RECORD_BYTES_MAX)).getBytes(StandardCharsets.UTF_8);
    byte[] small = "<13>a: b".getBytes(StandardCharsets.UTF_8);
    messages.decode("tcp Z ::1", Decoding.RECEIVED, Messages.frames(small, large, small));
    assertThat(messages.logs()).hasSize(2);
    assertThat(messages.decoding.deadLetters().getFirst())
        .containsEntry("Kind", "syslog")
        .containsEntry("Reason", "record_too_large")
        .containsEntry("Record", new String(large, StandardCharsets.UTF_8));
    assertThat(messages.decoding.decoded.stored()).isEqualTo(2);
    assertThat(messages.decoding.decoded.rejected()).isEqualTo(1);
  }

  @Test
  void refusesAFrameThatRunsPastTheEnd() {
    Messages messages = new Messages();
    byte[] body = Messages.frames("<13>a: x".getBytes(StandardCharsets.UTF_8));
    body[0]++;
    assertThatThrownBy(() -> messages.decode("", Decoding.RECEIVED, body))
        .isInstanceOf(MalformedPayloadException.class)
        .hasMessage("cannot decode body: at byte 0: a message runs past the end of the body");
  }

  private static Map<String, String> attributes(String transport, @Nullable String facility) {
    Map<String, String> attributes = new LinkedHashMap<>();
    attributes.put("network.transport", transport);
    attributes.put("network.peer.address", "192.0.2.7");
    if (facility != null) {
      attributes.put("syslog.facility", facility);
    }
    return attributes;
  }

  @SuppressWarnings("unchecked") // maps of strings, as the reader of blocks gives them
  private static Map<String, String> castMap(@Nullable Object map) {
    return requireNonNull((Map<String, String>) map);
  }

  private static long nanos(String time) {
    Instant instant = OffsetDateTime.parse(time).toInstant();
    return instant.getEpochSecond() * 1_000_000_000L + instant.getNano();
  }
}
