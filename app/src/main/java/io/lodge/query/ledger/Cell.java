package io.lodge.query.ledger;

import io.lodge.query.run.JsonRow;

/**
 * What is accounted by itself: a source in a minute, at a gateway.
 *
 * @param minute of receipt, as minutes since 1970
 * @param gateway the journal that took the requests
 * @param protocol the label of the payloads' kind
 * @param table what the rows are read from; empty for requests without rows
 */
public record Cell(
    int minute, String gateway, String tenant, String protocol, String service, String table) {

  /** What services are called that are not told apart. */
  static final String OTHER = "(other)";

  /** The same without its service. */
  Cell ofOther() {
    return new Cell(minute, gateway, tenant, protocol, OTHER, table);
  }

  static Cell of(JsonRow row) {
    return new Cell(
        (int) row.count("minute"),
        row.text("gateway"),
        row.text("tenant"),
        row.text("protocol"),
        row.text("service"),
        row.text("table"));
  }
}
