package io.lodge.e2e;

import java.util.List;

/** Every field of the spans that are stored, as SQL shows them. */
final class StoredSpans {
  private static final String SELECT =
      String.join(
          ", ",
          "SELECT toUnixTimestamp64Nano(Timestamp)",
          "Duration",
          "TraceId",
          "SpanId",
          "ParentSpanId",
          "TraceState",
          "Flags",
          "SpanName",
          "SpanKind",
          "mapSort(SpanAttributes)",
          "SpanDroppedAttributesCount",
          "StatusCode",
          "StatusMessage",
          "arrayMap(t -> toUnixTimestamp64Nano(t), Events.Timestamp)",
          "Events.Name",
          "Events.Attributes",
          "Events.DroppedAttributesCount",
          "DroppedEventsCount",
          "Links.TraceId",
          "Links.SpanId",
          "Links.TraceState",
          "Links.Attributes",
          "Links.DroppedAttributesCount",
          "Links.Flags",
          "DroppedLinksCount",
          "concat(ScopeName, ' ', ScopeVersion, ' ', ScopeSchemaUrl)",
          "concat(Namespace, ' ', ResourceAttributes['cores'], ' ', ResourceSchemaUrl)",
          "Tenant");

  private StoredSpans() {}

  /** The spans of a service, oldest first. */
  static List<List<String>> of(Sql sql, String service) {
    return sql.rows(
        SELECT
            + " FROM otel.otel_traces WHERE ServiceName = '%s' ORDER BY Timestamp"
                .formatted(service));
  }

  /** The seconds in which the first and the last span of a trace began. */
  static List<String> range(Sql sql, String trace) {
    return sql.rows(
            ("SELECT toUnixTimestamp(min(Start)), toUnixTimestamp(max(End))"
                    + " FROM otel.otel_traces_trace_id_ts WHERE TraceId = '%s'")
                .formatted(trace))
        .getFirst();
  }
}
