package io.lodge.query.rows;

import io.lodge.query.search.EventTables;
import io.lodge.query.search.LogTables;
import io.lodge.query.search.SearchTable;
import io.lodge.query.search.SpanTable;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * A table as the API shows it.
 *
 * @param word as requests name it
 * @param search what it offers to searches
 * @param columns of its rows, in the order in which they are shown; expressions have an alias
 * @param times those of them that are times; nanoseconds since 1970 in answers
 * @param identity SQL expressions that together tell rows apart; no order of a map's keys is in
 *     them
 */
public record RowTable(
    String word,
    SearchTable search,
    List<String> columns,
    Set<String> times,
    List<String> identity) {

  private static final String RECEIVED_ANALYTICS = "toDateTime64(created_at, 9, 'UTC')";

  private static final Set<String> LOG_TIMES =
      Set.of("Timestamp", "ObservedTimestamp", "ReceivedAt");

  public static final RowTable LOGS =
      log(
          "logs",
          LogTables.logs(),
          List.of("ContainerName", "NodeName", "Cluster", "Cell", "Region", "CloudProvider"));

  public static final RowTable SERVER = log("server", LogTables.server(), clickHouseColumns());

  public static final RowTable KEEPER = log("keeper", LogTables.keeper(), clickHouseColumns());

  public static final RowTable TRACES =
      new RowTable(
          "traces",
          SpanTable.spans(),
          List.of(
              "Timestamp",
              "ReceivedAt",
              "Duration",
              "TraceId",
              "SpanId",
              "ParentSpanId",
              "SpanName",
              "SpanKind",
              "ServiceName",
              "StatusCode",
              "StatusMessage",
              "Namespace",
              "PodName",
              "Cluster",
              "Cell",
              "Region",
              "ScopeName",
              "ScopeVersion",
              "SampleRate",
              "SpanAttributes",
              "ResourceAttributes",
              "ScopeAttributes"),
          Set.of("Timestamp", "ReceivedAt"),
          List.of("Timestamp", "TraceId", "SpanId", "SpanName", "ServiceName", "Duration"));

  public static final RowTable EVENTS =
      new RowTable(
          "events",
          EventTables.wide(),
          List.of(
              "Timestamp",
              "ReceivedAt",
              "Dataset",
              "ServiceName",
              "host",
              "status",
              "application",
              "SampleRate",
              "labels"),
          Set.of("Timestamp", "ReceivedAt"),
          List.of("Timestamp", "Dataset", "ServiceName", "mapSort(labels)"));

  public static final RowTable ANALYTICS =
      new RowTable(
          "analytics",
          EventTables.analytics(),
          analyticsColumns(),
          Set.of("Timestamp", "ReceivedAt"),
          List.of("uuid"));

  private static final List<RowTable> ALL =
      List.of(LOGS, SERVER, KEEPER, TRACES, EVENTS, ANALYTICS);

  public static List<RowTable> all() {
    return ALL;
  }

  /** The same where attributes have columns of their own. */
  public RowTable with(SearchTable promoted) {
    return new RowTable(word, promoted, columns, times, identity);
  }

  /** The table a request names. */
  public static Optional<RowTable> named(String word) {
    return ALL.stream().filter(table -> table.word.equals(word)).findFirst();
  }

  /** HIP-47's names; the times as rows of other tables have them. */
  private static List<String> analyticsColumns() {
    List<String> columns =
        new ArrayList<>(
            List.of(
                "toDateTime64(timestamp, 9, 'UTC') AS Timestamp",
                RECEIVED_ANALYTICS + " AS ReceivedAt",
                "uuid"));
    EventTables.analytics().columns().keySet().stream().sorted().forEach(columns::add);
    columns.add(EventTables.PROPERTIES + " AS Properties");
    return List.copyOf(columns);
  }

  private static List<String> clickHouseColumns() {
    return List.of(
        "ContainerName",
        "Cell",
        "Region",
        "CloudProvider",
        "query_id",
        "logger_name",
        "source_file",
        "source_line",
        "level",
        "thread_name",
        "thread_id");
  }

  private static RowTable log(String word, SearchTable search, List<String> own) {
    List<String> columns =
        new ArrayList<>(
            List.of(
                "Timestamp",
                "ObservedTimestamp",
                "ReceivedAt",
                "SeverityText",
                "SeverityNumber",
                "ServiceName",
                "Body",
                "EventName",
                "TraceId",
                "SpanId",
                "TraceFlags",
                "Namespace",
                "PodName"));
    columns.addAll(own);
    columns.addAll(
        List.of(
            "ScopeName",
            "ScopeVersion",
            "SampleRate",
            "ResourceAttributes",
            "ScopeAttributes",
            "LogAttributes"));
    return new RowTable(
        word,
        search,
        List.copyOf(columns),
        LOG_TIMES,
        List.of(
            "Timestamp",
            "ServiceName",
            "PodName",
            "SeverityNumber",
            "SeverityText",
            "TraceId",
            "SpanId",
            "Body",
            "LogAttributes",
            "ResourceAttributes"));
  }

  /** The columns and attributes that rows of one source share. */
  List<String> source() {
    return switch (word) {
      case "traces" -> List.of("service", "namespace", "pod", "resource.host.name");
      case "events" -> List.of("Dataset", "service", "host");
      case "analytics" -> List.of("team_id", "distinct_id");
      default -> List.of("service", "namespace", "pod", "container", "resource.host.name");
    };
  }

  /** When a row was received, as SQL. */
  String received() {
    return equals(ANALYTICS) ? RECEIVED_ANALYTICS : "ReceivedAt";
  }

  /** The row's address as SQL: a hash, so that the same row always has the same. */
  public String id() {
    return "sipHash64(" + String.join(", ", identity) + ")";
  }

  /**
   * A hash to take a part of the rows by: of all that tells them apart but the maps, which are wide
   * to read. Rows of one moment are in it one by one.
   */
  public String sample() {
    return identity.stream()
        .filter(column -> !column.contains("Attributes") && !column.contains("labels"))
        .collect(Collectors.joining(", ", "sipHash64(", ")"));
  }

  /** The list of a SELECT whose rows are the API's. */
  public String select() {
    return id() + " AS id, " + String.join(", ", columns);
  }
}
