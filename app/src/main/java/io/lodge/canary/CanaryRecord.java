package io.lodge.canary;

import java.nio.charset.StandardCharsets;

/** A record of the canary as an OTLP request in JSON. */
final class CanaryRecord {
  static final String RUN = "service.instance.id";
  static final String GATEWAY = "lodge.canary.gateway";
  static final String NUMBER = "lodge.canary.number";

  private CanaryRecord() {}

  /**
   * No value needs escaping.
   *
   * @param gateway a URL
   * @param run hexadecimal
   */
  static byte[] request(String gateway, String run, long number, long sentUnixNanos) {
    return """
    {"resourceLogs":[{"resource":{"attributes":[\
    {"key":"service.name","value":{"stringValue":"%s"}},\
    {"key":"%s","value":{"stringValue":"%s"}},\
    {"key":"%s","value":{"stringValue":"%s"}}]},\
    "scopeLogs":[{"scope":{"name":"lodge.canary"},"logRecords":[{"timeUnixNano":"%d",\
    "severityNumber":9,"severityText":"INFO","body":{"stringValue":"canary %d"},\
    "attributes":[{"key":"%s","value":{"intValue":"%d"}}]}]}]}]}\
    """
        .formatted(
            Canary.SERVICE, RUN, run, GATEWAY, gateway, sentUnixNanos, number, NUMBER, number)
        .getBytes(StandardCharsets.UTF_8);
  }
}
