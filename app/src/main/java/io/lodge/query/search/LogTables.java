package io.lodge.query.search;

import io.lodge.query.search.SearchTable.AttributeMap;
import io.lodge.query.search.SearchTable.Kind;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** What tables of logs offer to searches. */
public final class LogTables {
  private LogTables() {}

  /** Logs of every kind: {@code otel.generic_logs}. */
  public static SearchTable logs() {
    Map<String, Kind> columns = new HashMap<>();
    for (String text :
        List.of(
            "SeverityText",
            "ServiceName",
            "Body",
            "EventName",
            "Namespace",
            "PodName",
            "ContainerName",
            "NodeName",
            "Cluster",
            "Cell",
            "Region",
            "CloudProvider",
            "ScopeName",
            "ScopeVersion",
            "Tenant")) {
      columns.put(text, Kind.TEXT);
    }
    columns.put("TraceId", Kind.ID);
    columns.put("SpanId", Kind.ID);
    columns.put("SeverityNumber", Kind.NUMBER);
    columns.put("TraceFlags", Kind.NUMBER);
    columns.put("Level", Kind.LEVEL);
    return new SearchTable(
        "otel.generic_logs",
        "Timestamp",
        Optional.of("EventTime"),
        Optional.of(SearchText.coloured("Body")),
        columns,
        Map.ofEntries(
            Map.entry("level", "Level"),
            Map.entry("severity", "Level"),
            Map.entry("service", "ServiceName"),
            Map.entry("service.name", "ServiceName"),
            Map.entry("body", "Body"),
            Map.entry("message", "Body"),
            Map.entry("msg", "Body"),
            Map.entry("event", "EventName"),
            Map.entry("namespace", "Namespace"),
            Map.entry("ns", "Namespace"),
            Map.entry("k8s.namespace.name", "Namespace"),
            Map.entry("pod", "PodName"),
            Map.entry("k8s.pod.name", "PodName"),
            Map.entry("container", "ContainerName"),
            Map.entry("k8s.container.name", "ContainerName"),
            Map.entry("node", "NodeName"),
            Map.entry("k8s.node.name", "NodeName"),
            Map.entry("cluster", "Cluster"),
            Map.entry("k8s.cluster.name", "Cluster"),
            Map.entry("cell", "Cell"),
            Map.entry("region", "Region"),
            Map.entry("cloud.region", "Region"),
            Map.entry("cloud", "CloudProvider"),
            Map.entry("cloud.provider", "CloudProvider"),
            Map.entry("trace", "TraceId"),
            Map.entry("trace_id", "TraceId"),
            Map.entry("traceid", "TraceId"),
            Map.entry("span_id", "SpanId"),
            Map.entry("spanid", "SpanId"),
            Map.entry("scope", "ScopeName"),
            Map.entry("logger", "ScopeName"),
            Map.entry("tenant", "Tenant")),
        AttributeMap.ofRecord("LogAttributes"),
        List.of());
  }

  /** What ClickHouse servers log: {@code otel.server_text_log}. */
  public static SearchTable server() {
    return clickHouseLines("otel.server_text_log");
  }

  /** What ClickHouse Keeper logs: {@code otel.keeper_log}. */
  public static SearchTable keeper() {
    return clickHouseLines("otel.keeper_log");
  }

  /** Logs, with what stands before the message in a ClickHouse server's line. */
  private static SearchTable clickHouseLines(String name) {
    SearchTable logs = logs();
    Map<String, Kind> columns = new HashMap<>(logs.columns());
    // Columns that these tables do not have: their names reach the attributes.
    Set<String> missing = Set.of("NodeName", "Cluster");
    columns.keySet().removeAll(missing);
    for (String text :
        List.of(
            "query_id", "logger_name", "source_file", "source_line", "thread_name", "thread_id")) {
      columns.put(text, Kind.TEXT);
    }
    Map<String, String> aliases = new HashMap<>(logs.aliases());
    aliases.values().removeIf(missing::contains);
    aliases.put("logger", "logger_name");
    aliases.put("query", "query_id");
    aliases.put("thread", "thread_id");
    aliases.put("file", "source_file");
    // The sorting key has the pod and the time, and no whole seconds.
    return new SearchTable(
        name,
        logs.time(),
        Optional.empty(),
        Optional.of(SearchText.plain("Body")),
        columns,
        aliases,
        logs.maps(),
        List.of());
  }
}
