package io.lodge.ship;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class SeverityTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '~',
      value = {
        "2026-11-21 11:00:00,123 INFO  o.a.Server - started~9~INFO",
        "2026-11-21T11:00:00Z WARNING: disk~13~WARNING",
        "[error] upstream timed out~17~error",
        "2026/11/21 11:00:00 [warn] 7#7: low~13~warn",
        "<Debug> Application: x~5~Debug",
        "FATAL: password authentication failed~21~FATAL",
        "level=info msg=\"ERROR in text\"~9~info",
        "ts=1 level=\"warn\" msg=x~13~warn",
        "E1121 11:00:00.000001 1 main.go:10] broken~17~E",
        "{\"msg\":\"level\",\"level\":\"error\"}~17~error",
        "{\"nested\":{\"level\":\"debug\"},\"severity\":\"NOTICE\"}~10~NOTICE",
        "{\"level\":30,\"msg\":\"pino\"}~9~30",
        "{\"level\":60}~21~60"
      })
  void isTakenFromLinesThatStateOne(String line, int number, String text) {
    assertThat(guess(line)).contains(new Severity(number, text));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "{",
        "the error was mine",
        "GET /INFO/index.html 200",
        "no-ERROR-here",
        "INFORMATIONAL",
        "{\"nested\":{\"level\":\"debug\"}}",
        "{\"level\":{\"x\":1}}",
        "{\"level\":7}",
        "{\"text\":\"\\\"level\\\":\\\"error\\\"\"}",
        "{not json, ERROR",
        "level=unknown"
      })
  void isLeftOutWhereItWouldBeAGuess(String line) {
    assertThat(guess(line)).isEmpty();
  }

  private static Optional<Severity> guess(String line) {
    byte[] bytes = ("xx" + line + "xx").getBytes(StandardCharsets.UTF_8);
    return Severity.guess(bytes, 2, bytes.length - 4);
  }
}
