package io.lodge.schema;

import java.util.List;

/**
 * A table whose attributes can get columns of their own.
 *
 * @param readName how it is read, in the database {@code otel}
 * @param target where its rows are stored
 * @param maps its maps of attributes: a record's own first
 * @param numbers the map that has numbers as Float64; empty if there is none
 */
record PromotableTable(String readName, String target, List<String> maps, String numbers) {
  private static final List<PromotableTable> ALL =
      List.of(
          new PromotableTable("wide_events", "otel.wide_events_0", List.of("labels"), "numbers"),
          new PromotableTable(
              "generic_logs",
              "otel.generic_logs_0",
              List.of("LogAttributes", "ResourceAttributes", "ScopeAttributes"),
              ""),
          new PromotableTable(
              "otel_traces",
              "otel.otel_traces_0",
              List.of("SpanAttributes", "ResourceAttributes", "ScopeAttributes"),
              ""));

  /**
   * The table of this name, with or without its database.
   *
   * @throws IllegalArgumentException if there is none
   */
  static PromotableTable named(String name) {
    for (PromotableTable table : ALL) {
      if (name.equals(table.readName) || name.equals("otel." + table.readName)) {
        return table;
      }
    }
    List<String> names = ALL.stream().map(PromotableTable::readName).toList();
    throw new IllegalArgumentException(
        "cannot promote a key of %s: it has no map of attributes; want one of %s"
            .formatted(name, String.join(", ", names)));
  }
}
