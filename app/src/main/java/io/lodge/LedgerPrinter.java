package io.lodge;

import io.lodge.query.run.JsonRow;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** The answer of {@code /api/ledger} as lines for people. */
final class LedgerPrinter {
  private static final int DIFFERENCES_SHOWN_MAX = 20;
  private static final long MILLIS_PER_MINUTE = 60_000;

  private final Terminal terminal;
  private final List<String> by;

  /**
   * @param by what lines are told apart by
   */
  LedgerPrinter(Terminal terminal, List<String> by) {
    this.terminal = terminal;
    this.by = by;
  }

  /** A line for each source, and one for all. */
  void lines(JsonRow data) {
    List<List<String>> table = new ArrayList<>();
    List<String> head = new ArrayList<>(by.stream().map(String::toUpperCase).toList());
    boolean bucket = data.object("gateway").count("segments_in_bucket") > 0;
    head.addAll(List.of("RECEIVED", "STORED", "DEAD", "DROPPED", "IN FLIGHT"));
    head.addAll(
        bucket ? List.of("IN BUCKET", "MISSING", "REFUSED") : List.of("MISSING", "REFUSED"));
    table.add(head);
    data.objects("lines").forEach(line -> table.add(cells(line, bucket, false)));
    if (table.size() > 2 && !by.isEmpty()) {
      table.add(cells(data.object("total"), bucket, true));
    }
    int last = table.getFirst().size() - 1;
    TextTable.print(terminal, table, column -> column < by.size() || column == last);
  }

  private List<String> cells(JsonRow line, boolean bucket, boolean total) {
    List<String> cells = new ArrayList<>();
    for (String field : by) {
      String value = field.equals("minute") ? minute(line.count(field)) : line.text(field);
      cells.add(total ? cells.isEmpty() ? "all" : "" : value.isEmpty() ? "-" : value);
    }
    for (String name : List.of("received", "stored", "dead_lettered", "dropped")) {
      cells.add(line.text(name));
    }
    cells.add(Long.toString(line.count("in_flight") + line.count("elsewhere")));
    if (bucket) {
      cells.add(line.text("in_bucket"));
    }
    cells.add(line.text("missing"));
    Map<String, Object> refused = line.object("refused").values();
    cells.add(
        refused.isEmpty()
            ? "-"
            : refused.entrySet().stream()
                .map(reason -> reason.getKey() + " " + reason.getValue())
                .collect(Collectors.joining(", ")));
    return cells;
  }

  private static String minute(long minute) {
    return Instant.ofEpochMilli(minute * MILLIS_PER_MINUTE).toString();
  }

  /**
   * Says in one line how it stands.
   *
   * @return whether nothing is missing
   */
  boolean standing(JsonRow data) {
    JsonRow total = data.object("total");
    JsonRow gateway = data.object("gateway");
    String waiting = waiting(gateway);
    String text =
        switch (data.text("standing")) {
          case "balanced" -> "balanced: every record received is stored" + waiting;
          case "in_flight" -> "balanced: what is not stored is on its way" + waiting;
          case "not_counted_yet" ->
              "not counted yet: %s records received are not stored; what an earlier process left may hold them%s"
                  .formatted(total.text("missing"), waiting);
          case "unknown" ->
              "unknown: ClickHouse does not answer; shown is what this gateway knows by itself"
                  + waiting;
          default -> missing(total, gateway) + waiting;
        };
    terminal.out().println();
    terminal.out().println(text);
    if (total.count("unreceipted") > 0) {
      terminal
          .out()
          .println(
              "%s records are stored without a receipt: a gateway was killed in the minute it received them"
                  .formatted(total.text("unreceipted")));
    }
    data.object("elsewhere")
        .values()
        .forEach((id, records) ->
            terminal
                .out()
                .println(
                    (gateway.list("ids").contains(id)
                            ? "%s records of this gateway (%s) wait in the bucket, where another delivers them; see `lodge journal inspect`"
                            : "%s records of gateway %s are not stored: ask that gateway")
                        .formatted(records, id)));
    return !data.text("standing").equals("missing");
  }

  private static String missing(JsonRow total, JsonRow gateway) {
    if (gateway.count("difference") != 0) {
      return "not balanced: this gateway has lost track of %s records, which is a bug; please report it"
          .formatted(gateway.text("difference"));
    }
    long quarantined = gateway.count("quarantined");
    return "missing: %s records were acknowledged and are nowhere%s"
        .formatted(
            total.text("missing"),
            quarantined == 0
                ? "; see `lodge journal inspect`"
                : "; %d went to quarantine, see `lodge journal inspect`".formatted(quarantined));
  }

  private static String waiting(JsonRow gateway) {
    if (gateway.count("segments_in_flight") == 0) {
      return "";
    }
    Duration oldest = Duration.ofMillis(gateway.count("oldest_age_ms"));
    String bucket =
        gateway.count("segments_in_bucket") == 0
            ? ""
            : " (%s records in %s segments of them in the bucket)"
                .formatted(gateway.text("in_bucket"), gateway.text("segments_in_bucket"));
    return "; in flight at this gateway: %s records in %s segments%s, the oldest %s s old%s"
        .formatted(
            gateway.text("in_flight"),
            gateway.text("segments_in_flight"),
            bucket,
            oldest.toSeconds(),
            notCounted(gateway));
  }

  private static String notCounted(JsonRow gateway) {
    if (gateway.count("segments_not_counted") == 0) {
      return "";
    }
    long inBucket = gateway.count("segments_not_counted_in_bucket");
    return "; %s segments that an earlier process left are not counted yet%s"
        .formatted(
            gateway.text("segments_not_counted"),
            inBucket == 0 ? "" : ", %d of these in the bucket".formatted(inBucket));
  }

  /**
   * Says how the tables compare.
   *
   * @return whether each has the rows that the ledger says it has
   */
  boolean tables(JsonRow data) {
    JsonRow tables = data.object("tables");
    for (JsonRow table : tables.objects("checked")) {
      boolean counted = "true".equals(table.text("counted"));
      terminal
          .out()
          .println(
              counted
                  ? "%s: %s rows in the ledger, %s of them too old to be looked for"
                      .formatted(table.text("table"), table.text("rows"), table.text("rows_late"))
                  : "%s: %s rows in the ledger, not compared: its rows do not say when they were received"
                      .formatted(table.text("table"), table.text("rows")));
    }
    List<JsonRow> differences = tables.objects("differences");
    differences.stream().limit(DIFFERENCES_SHOWN_MAX).forEach(this::difference);
    if (differences.size() > DIFFERENCES_SHOWN_MAX) {
      terminal.out().println("… and " + (differences.size() - DIFFERENCES_SHOWN_MAX) + " more");
    }
    long wrong =
        tables.count("missing") + tables.count("unexpected") + tables.count("stored_twice");
    terminal
        .out()
        .println(
            wrong == 0
                ? "verified: the tables have the rows that the ledger says"
                : "not verified: %s rows are missing, %s are more than the ledger says, %s entries of the ledger are there twice"
                    .formatted(
                        tables.text("missing"),
                        tables.text("unexpected"),
                        tables.text("stored_twice")));
    return wrong == 0 && tables.values().containsKey("missing");
  }

  private void difference(JsonRow one) {
    terminal
        .out()
        .println(
            "  %s  received %s  tenant %s  service %s: ledger %s, table %s"
                .formatted(
                    one.text("table"),
                    Instant.ofEpochMilli((long) one.number("minute")),
                    one.text("tenant"),
                    one.text("service").isEmpty() ? "-" : one.text("service"),
                    one.text("ledger"),
                    one.text("found")));
  }
}
