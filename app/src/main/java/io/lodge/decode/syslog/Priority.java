package io.lodge.decode.syslog;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * A message's {@code PRI}: facility × 8 + severity. Names are those of {@code syslog.conf}, which
 * people type; the numbers of severities are OpenTelemetry's (logs data model, appendix B).
 */
final class Priority {
  static final int MAX = 191;

  private static final byte[][] FACILITIES =
      names(
          "kern",
          "user",
          "mail",
          "daemon",
          "auth",
          "syslog",
          "lpr",
          "news",
          "uucp",
          "cron",
          "authpriv",
          "ftp",
          "ntp",
          "security",
          "console",
          "solaris-cron",
          "local0",
          "local1",
          "local2",
          "local3",
          "local4",
          "local5",
          "local6",
          "local7");

  private static final byte[][] SEVERITIES =
      names("emerg", "alert", "crit", "err", "warning", "notice", "info", "debug");

  private static final int[] SEVERITY_NUMBERS = {21, 19, 18, 17, 13, 10, 9, 5};

  private Priority() {}

  private static byte[][] names(String... names) {
    return Arrays.stream(names)
        .map(name -> name.getBytes(StandardCharsets.US_ASCII))
        .toArray(byte[][]::new);
  }

  static byte[] facility(int priority) {
    return FACILITIES[priority >> 3];
  }

  static byte[] severityText(int priority) {
    return SEVERITIES[priority & 7];
  }

  static int severityNumber(int priority) {
    return SEVERITY_NUMBERS[priority & 7];
  }
}
