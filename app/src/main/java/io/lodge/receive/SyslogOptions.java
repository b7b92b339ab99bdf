package io.lodge.receive;

import java.time.Instant;
import java.time.ZoneId;

/**
 * What both syslog listeners need to know.
 *
 * @param messageBytesMax longer messages are cut
 * @param zone of times that name none
 * @param tenant whose messages they are: syslog has no keys
 * @param metrics what is counted
 */
public record SyslogOptions(
    int messageBytesMax, ZoneId zone, String tenant, SyslogMetrics metrics) {

  /** What a payload says of where it came from; the decoder reads it. */
  String context(String transport, String address, long unixNanos) {
    Instant now = Instant.ofEpochSecond(0, unixNanos);
    return transport + " " + zone.getRules().getOffset(now) + " " + address;
  }
}
