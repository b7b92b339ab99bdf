package io.lodge.query.search;

import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What a table offers to searches. Immutable.
 *
 * @param name as in SQL, with its database
 * @param time its column of time, a DateTime64(9)
 * @param coarseTime an expression of whole seconds that leads its sorting key; empty if the column
 *     of time itself does
 * @param text what bare words search; empty if it has no text
 * @param columns its columns that searches may name
 * @param aliases short names in lower case → columns
 * @param maps its maps of attributes, in the order in which they are looked into
 * @param promoted attributes that have a column of their own
 */
public record SearchTable(
    String name,
    String time,
    Optional<String> coarseTime,
    Optional<String> text,
    Map<String, Kind> columns,
    Map<String, String> aliases,
    List<AttributeMap> maps,
    List<Promoted> promoted) {

  /** What a column holds, as far as comparing goes. */
  public enum Kind {
    TEXT,
    /** Hexadecimal ids, stored in lower case. */
    ID,
    NUMBER,
    /** Nanoseconds. */
    DURATION,
    /** The severity number, with the text beside it. */
    LEVEL
  }

  /**
   * A map of attributes.
   *
   * @param column a Map(LowCardinality(String), …String)
   * @param prefix names it alone: {@code resource.} before a key looks into this map only
   */
  public record AttributeMap(String column, String prefix) {}

  public SearchTable {
    columns = Map.copyOf(columns);
    aliases = Map.copyOf(aliases);
    maps = List.copyOf(maps);
    promoted = List.copyOf(promoted);
  }

  /** The same table once attributes have columns of their own. */
  public SearchTable withPromoted(List<Promoted> attributes) {
    return new SearchTable(name, time, coarseTime, text, columns, aliases, maps, attributes);
  }

  /** As it is best read from a time on: with the promoted columns that all these rows have. */
  public SearchTable since(long nanos) {
    return promoted.isEmpty()
        ? this
        : withPromoted(promoted.stream().filter(one -> one.sinceNanos() <= nanos).toList());
  }

  /** The column that holds what is tested of an attribute; empty if the map is to be asked. */
  Optional<Promoted> promoted(String map, String key) {
    return promoted.stream()
        .filter(one -> one.map().equals(map) && one.key().equals(key))
        .findFirst();
  }

  /** The column that is meant by a name; empty if it is an attribute's key. */
  public Optional<String> columnOf(String field) {
    if (columns.containsKey(field)) {
      return Optional.of(field);
    }
    return Optional.ofNullable(aliases.get(field.toLowerCase(Locale.ROOT)));
  }

  /** What people call a column: the alias that has most of its name, or the name itself. */
  public String shortName(String column) {
    String letters = column.toLowerCase(Locale.ROOT).replace("_", "");
    return aliases.entrySet().stream()
        .filter(alias -> alias.getValue().equals(column))
        .map(Map.Entry::getKey)
        .filter(alias -> letters.contains(alias.replace("_", "")))
        .max(Comparator.comparingInt(String::length).thenComparing(Comparator.reverseOrder()))
        .orElse(column);
  }

  /** Whether a name means a column, and no attribute. */
  public boolean hasColumn(String field) {
    return columnOf(field).isPresent();
  }

  Kind kindOf(String column) {
    return columns.getOrDefault(column, Kind.TEXT);
  }

  private static final List<AttributeMap> SOURCE_MAPS =
      List.of(
          new AttributeMap("ResourceAttributes", "resource."),
          new AttributeMap("ScopeAttributes", "scope."));

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
        Optional.of("Body"),
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
        maps("LogAttributes"),
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
    Map<String, Kind> columns = new HashMap<>(logs.columns);
    // Columns that these tables do not have: their names reach the attributes.
    Set<String> missing = Set.of("NodeName", "Cluster");
    columns.keySet().removeAll(missing);
    for (String text :
        List.of(
            "query_id", "logger_name", "source_file", "source_line", "thread_name", "thread_id")) {
      columns.put(text, Kind.TEXT);
    }
    Map<String, String> aliases = new HashMap<>(logs.aliases);
    aliases.values().removeIf(missing::contains);
    aliases.put("logger", "logger_name");
    aliases.put("query", "query_id");
    aliases.put("thread", "thread_id");
    aliases.put("file", "source_file");
    // The sorting key has the pod and the time, and no whole seconds.
    return new SearchTable(
        name, logs.time, Optional.empty(), logs.text, columns, aliases, logs.maps, List.of());
  }

  /** Wide events: {@code otel.wide_events}. Words search their message. */
  public static SearchTable wideEvents() {
    Map<String, Kind> columns = new HashMap<>();
    for (String text :
        List.of("Dataset", "ServiceName", "host", "status", "application", "Tenant")) {
      columns.put(text, Kind.TEXT);
    }
    return new SearchTable(
        "otel.wide_events",
        "Timestamp",
        Optional.of("EventTime"),
        Optional.of("labels['message']"),
        columns,
        Map.ofEntries(
            Map.entry("service", "ServiceName"),
            Map.entry("service.name", "ServiceName"),
            Map.entry("dataset", "Dataset"),
            Map.entry("host.name", "host"),
            Map.entry("app", "application"),
            Map.entry("tenant", "Tenant")),
        List.of(new AttributeMap("labels", "labels.")),
        List.of());
  }

  /**
   * Product-analytics events: {@code analytics.events}, each once: what its sender sent again is
   * another row until a merge. Words search the event's name and its properties.
   */
  public static SearchTable analyticsEvents() {
    Map<String, Kind> columns = new HashMap<>();
    for (String text :
        List.of(
            "event",
            "distinct_id",
            "session_id",
            "url",
            "referrer",
            "host",
            "pathname",
            "browser",
            "browser_version",
            "os",
            "os_version",
            "device_type",
            "country_code",
            "city",
            "region",
            "utm_source",
            "utm_medium",
            "utm_campaign",
            "model",
            "provider",
            "organization_id",
            "project_id",
            "api_key_id")) {
      columns.put(text, Kind.TEXT);
    }
    for (String number : List.of("team_id", "tokens_prompt", "tokens_completion", "cost_usd")) {
      columns.put(number, Kind.NUMBER);
    }
    return new SearchTable(
        "analytics.events FINAL",
        "timestamp",
        Optional.empty(),
        Optional.of("concat(event, ' ', properties)"),
        columns,
        Map.ofEntries(
            Map.entry("team", "team_id"),
            Map.entry("person", "distinct_id"),
            Map.entry("session", "session_id"),
            Map.entry("path", "pathname"),
            Map.entry("country", "country_code"),
            Map.entry("device", "device_type"),
            Map.entry("cost", "cost_usd")),
        List.of(new AttributeMap(PROPERTIES, "properties.")),
        List.of());
  }

  /** The properties of an event, stored as JSON, as the map that they are. */
  public static final String PROPERTIES =
      "CAST(JSONExtractKeysAndValues(properties, 'String'), 'Map(String, String)')";

  /** Spans: {@code otel.otel_traces}. */
  public static SearchTable traces() {
    Map<String, Kind> columns = new HashMap<>();
    for (String text :
        List.of(
            "SpanName",
            "SpanKind",
            "ServiceName",
            "StatusCode",
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
    columns.put("TraceId", Kind.ID);
    columns.put("SpanId", Kind.ID);
    columns.put("ParentSpanId", Kind.ID);
    columns.put("Duration", Kind.DURATION);
    return new SearchTable(
        "otel.otel_traces",
        "Timestamp",
        Optional.empty(),
        Optional.of("SpanName"),
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
        maps("SpanAttributes"),
        List.of());
  }

  /** A record's own attributes before those of where it comes from. */
  private static List<AttributeMap> maps(String own) {
    return List.of(new AttributeMap(own, "attributes."), SOURCE_MAPS.get(0), SOURCE_MAPS.get(1));
  }
}
