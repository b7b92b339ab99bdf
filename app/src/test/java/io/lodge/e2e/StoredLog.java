package io.lodge.e2e;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** Every field of a log record as SQL shows it. Maps are lines of {@code key=value}, sorted. */
record StoredLog(
    long timestamp,
    long observedTimestamp,
    String traceId,
    String spanId,
    long traceFlags,
    String severityText,
    int severityNumber,
    String service,
    String body,
    String eventName,
    String resourceSchemaUrl,
    String resourceAttributes,
    long resourceDropped,
    String scopeSchemaUrl,
    String scopeName,
    String scopeVersion,
    String scopeAttributes,
    long scopeDropped,
    String attributes,
    long dropped,
    String tenant,
    String namespace) {

  private static final String MAP =
      "arrayStringConcat(arraySort(arrayMap((k, v) -> concat(k, '=', v), mapKeys(%s), mapValues(%1$s))), '\\n')";

  private static final String SELECT =
      String.join(
          ", ",
          "SELECT toUnixTimestamp64Nano(Timestamp)",
          "toUnixTimestamp64Nano(ObservedTimestamp)",
          "TraceId",
          "SpanId",
          "TraceFlags",
          "SeverityText",
          "SeverityNumber",
          "ServiceName",
          "Body",
          "EventName",
          "ResourceSchemaUrl",
          MAP.formatted("ResourceAttributes"),
          "ResourceDroppedAttributesCount",
          "ScopeSchemaUrl",
          "ScopeName",
          "ScopeVersion",
          MAP.formatted("ScopeAttributes"),
          "ScopeDroppedAttributesCount",
          MAP.formatted("LogAttributes"),
          "LogDroppedAttributesCount",
          "Tenant",
          "Namespace");

  /** The records of a service, oldest first. */
  static List<StoredLog> of(Sql sql, String service) {
    String query =
        SELECT
            + " FROM otel.generic_logs WHERE ServiceName = '%s' ORDER BY Timestamp"
                .formatted(service);
    return sql.rows(query).stream().map(StoredLog::of).toList();
  }

  private static StoredLog of(List<String> row) {
    return new StoredLog(
        Long.parseLong(row.get(0)),
        Long.parseLong(row.get(1)),
        row.get(2),
        row.get(3),
        Long.parseLong(row.get(4)),
        row.get(5),
        Integer.parseInt(row.get(6)),
        row.get(7),
        row.get(8),
        row.get(9),
        row.get(10),
        row.get(11),
        Long.parseLong(row.get(12)),
        row.get(13),
        row.get(14),
        row.get(15),
        row.get(16),
        Long.parseLong(row.get(17)),
        row.get(18),
        Long.parseLong(row.get(19)),
        row.get(20),
        row.get(21));
  }

  static String map(Map<String, String> attributes) {
    return new TreeMap<>(attributes)
        .entrySet().stream()
            .map(entry -> entry.getKey() + "=" + entry.getValue())
            .sorted()
            .collect(Collectors.joining("\n"));
  }
}
