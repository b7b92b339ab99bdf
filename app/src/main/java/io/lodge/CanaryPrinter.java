package io.lodge;

import io.lodge.query.run.JsonRow;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** The block {@code canary} of {@code /api/ledger} as lines for people. */
final class CanaryPrinter {
  private static final List<String> COUNTS =
      List.of(
          "sent",
          "found",
          "waiting",
          "missing",
          "unknown",
          "refused",
          "unanswered",
          "late",
          "duplicates");

  private final Terminal terminal;

  CanaryPrinter(Terminal terminal) {
    this.terminal = terminal;
  }

  /**
   * A line for each gateway, and what to look at; nothing where the canary is off.
   *
   * @return whether no record is missing or there twice
   */
  boolean print(JsonRow canary) {
    List<JsonRow> gateways = canary.objects("gateways");
    if (gateways.isEmpty()) {
      return true;
    }
    List<List<String>> table = new ArrayList<>();
    List<String> head = new ArrayList<>(List.of("CANARY"));
    COUNTS.forEach(name -> head.add(name.toUpperCase(Locale.ROOT)));
    head.addAll(List.of("LAST", "WORST"));
    table.add(head);
    gateways.forEach(gateway -> table.add(cells(gateway)));
    terminal.out().println();
    TextTable.print(terminal, table, column -> column == 0);
    terminal.out().println();
    boolean good = true;
    for (JsonRow gateway : gateways) {
      terminal.out().println("canary: " + standing(gateway));
      good &= !List.of("missing", "duplicate").contains(gateway.text("standing"));
    }
    return good;
  }

  private static List<String> cells(JsonRow gateway) {
    List<String> cells = new ArrayList<>(List.of(gateway.text("gateway")));
    COUNTS.forEach(name -> cells.add(gateway.text(name)));
    cells.add(seconds(gateway, "last_delay_ms"));
    cells.add(seconds(gateway, "worst_delay_ms"));
    return cells;
  }

  private static String seconds(JsonRow gateway, String column) {
    return gateway.text(column).isEmpty() ? "-" : "%.1f s".formatted(gateway.count(column) / 1e3);
  }

  private static String standing(JsonRow of) {
    String gateway = of.text("gateway");
    return switch (of.text("standing")) {
      case "whole" -> gateway + ": every record is there, and was in time";
      case "late" ->
          "%s: late: a record waits for %s".formatted(gateway, seconds(of, "oldest_waiting_ms"));
      case "refused" -> "%s does not accept records: %s".formatted(gateway, of.text("trouble"));
      case "unknown" -> gateway + ": unknown: ClickHouse does not answer";
      case "duplicate" -> gateway + ": rows are there more than once";
      default -> gateway + ": missing: records that it accepted are nowhere";
    };
  }
}
