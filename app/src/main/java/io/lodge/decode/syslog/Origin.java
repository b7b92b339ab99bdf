package io.lodge.decode.syslog;

import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.ZoneOffset;

/**
 * Where the messages of a payload came from: its context, {@code TRANSPORT OFFSET ADDRESS}, such as
 * {@code tcp +02:00 192.0.2.7}. The offset is what the receiver's configured zone had then: times
 * of RFC 3164 name none, and decoding must not depend on a setting or on a time-zone database.
 *
 * @param transport {@code tcp} or {@code udp}
 * @param offsetSeconds east of UTC, of times that name no zone
 * @param address the peer's IP address
 */
record Origin(byte[] transport, int offsetSeconds, byte[] address) {
  private static final byte[] NONE = {};

  /** The origin that a context says; as much of it as can be read. */
  static Origin parse(String context) {
    String[] parts = context.split(" ", 3);
    return new Origin(
        bytes(parts[0]),
        parts.length < 2 ? 0 : offset(parts[1]),
        parts.length < 3 ? NONE : bytes(parts[2]));
  }

  private static int offset(String text) {
    try {
      return ZoneOffset.of(text).getTotalSeconds();
    } catch (DateTimeException unreadable) {
      return 0;
    }
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
