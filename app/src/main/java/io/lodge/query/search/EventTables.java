package io.lodge.query.search;

import io.lodge.query.search.SearchTable.AttributeMap;
import io.lodge.query.search.SearchTable.Kind;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What tables of events offer to searches. */
public final class EventTables {
  private EventTables() {}

  /** Wide events: {@code otel.wide_events}. Words search their message. */
  public static SearchTable wide() {
    Map<String, Kind> columns = new HashMap<>();
    for (String text :
        List.of("Dataset", "ServiceName", "host", "status", "application", "Tenant")) {
      columns.put(text, Kind.TEXT);
    }
    return new SearchTable(
        "otel.wide_events",
        "Timestamp",
        Optional.of("EventTime"),
        Optional.of(SearchText.plain("labels['message']")),
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
  public static SearchTable analytics() {
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
        Optional.of(SearchText.plain("concat(event, ' ', properties)")),
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
}
