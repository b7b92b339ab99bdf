package io.lodge.decode.json;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class JsonTimeTest {

  private static long unixNanos(String text) {
    byte[] bytes = ("##" + text).getBytes(StandardCharsets.UTF_8);
    return JsonTime.unixNanos(bytes, 2, bytes.length - 2);
  }

  @ParameterizedTest
  @CsvSource({
    "2026-11-21T12:34:56Z,        2026-11-21T12:34:56Z",
    "2026-11-21T12:34:56.789Z,    2026-11-21T12:34:56.789Z",
    "2026-11-21T12:34:56.123456789Z, 2026-11-21T12:34:56.123456789Z",
    "2026-11-21T12:34:56.1234567899Z, 2026-11-21T12:34:56.123456789Z",
    "2026-11-21 12:34:56,         2026-11-21T12:34:56Z",
    "2026-11-21T12:34:56+02:00,   2026-11-21T10:34:56Z",
    "2026-11-21T12:34:56-0330,    2026-11-21T16:04:56Z",
    "2026-11-21T12:34:56+02,      2026-11-21T10:34:56Z",
    "2026-11-21T12:34Z,           2026-11-21T12:34:00Z",
    "2026-11-21,                  2026-11-21T00:00:00Z",
    "2024-02-29T23:59:60Z,        2024-03-01T00:00:00Z",
    "1795000000,                  2026-11-18T11:06:40Z",
    "1795000000.25,               2026-11-18T11:06:40.250Z",
    "1795000000123,               2026-11-18T11:06:40.123Z",
    "1795000000123.5,             2026-11-18T11:06:40.123500Z",
    "1795000000123456,            2026-11-18T11:06:40.123456Z",
    "1795000000123456789,         2026-11-18T11:06:40.123456789Z"
  })
  void readsWhatSendersWrite(String text, String instant) {
    Instant want = Instant.parse(instant);
    assertThat(unixNanos(text)).isEqualTo(want.getEpochSecond() * 1_000_000_000L + want.getNano());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "x",
        "-",
        "now",
        "2026-13-01",
        "2026-02-30",
        "2026-11-21T",
        "2026-11-21T25:00",
        "2026-11-21T12:00:00.Z",
        "2026-11-21T12:00:00X",
        "2026-11-21T12:00:00+2",
        "1.7e9",
        "99999999999999999999"
      })
  void saysSoIfItIsNoTime(String text) {
    assertThat(unixNanos(text)).isEqualTo(JsonTime.NONE);
  }

  @ParameterizedTest
  @CsvSource({"1969-12-31, -1", "-5, -1", "2262-05-01, 9223372036854775807"})
  void leavesWhatAColumnCannotHoldToTheCaller(String text, long nanos) {
    assertThat(unixNanos(text)).isEqualTo(nanos);
  }
}
