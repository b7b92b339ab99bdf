package io.lodge.query.search;

import io.lodge.query.search.SearchTable.AttributeMap;
import io.lodge.query.search.SearchTable.Kind;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What the table of spans offers to searches. */
public final class SpanTable {
  private SpanTable() {}

  /** Spans: {@code otel.otel_traces}. */
  public static SearchTable spans() {
    Map<String, Kind> columns = new HashMap<>();
    for (String text :
        List.of(
            "SpanName",
            "ServiceName",
            "StatusMessage",
            "TraceState",
            "Namespace",
            "PodName",
            "Cluster",
            "Cell",
            "Region",
            "ScopeName",
            "ScopeVersion",
            "Tenant")) {
      columns.put(text, Kind.TEXT);
    }
    columns.put("SpanKind", Kind.WORD);
    columns.put("StatusCode", Kind.WORD);
    columns.put("TraceId", Kind.ID);
    columns.put("SpanId", Kind.ID);
    columns.put("ParentSpanId", Kind.ID);
    columns.put("Duration", Kind.DURATION);
    return new SearchTable(
        "otel.otel_traces",
        "Timestamp",
        Optional.empty(),
        Optional.of(SearchText.plain("SpanName")),
        columns,
        Map.ofEntries(
            Map.entry("service", "ServiceName"),
            Map.entry("service.name", "ServiceName"),
            Map.entry("name", "SpanName"),
            Map.entry("operation", "SpanName"),
            Map.entry("span", "SpanName"),
            Map.entry("kind", "SpanKind"),
            Map.entry("status", "StatusCode"),
            Map.entry("duration", "Duration"),
            Map.entry("namespace", "Namespace"),
            Map.entry("ns", "Namespace"),
            Map.entry("k8s.namespace.name", "Namespace"),
            Map.entry("pod", "PodName"),
            Map.entry("k8s.pod.name", "PodName"),
            Map.entry("cluster", "Cluster"),
            Map.entry("k8s.cluster.name", "Cluster"),
            Map.entry("cell", "Cell"),
            Map.entry("region", "Region"),
            Map.entry("cloud.region", "Region"),
            Map.entry("trace", "TraceId"),
            Map.entry("trace_id", "TraceId"),
            Map.entry("span_id", "SpanId"),
            Map.entry("parent_span_id", "ParentSpanId"),
            Map.entry("scope", "ScopeName"),
            Map.entry("tenant", "Tenant")),
        AttributeMap.ofRecord("SpanAttributes"),
        List.of());
  }
}
