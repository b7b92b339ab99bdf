package io.lodge.query.ledger;

import java.util.ArrayList;
import java.util.List;

/** What a ledger can be asked by. The words are the API's. */
public enum Grouping {
  SERVICE("service", "ServiceName"),
  PROTOCOL("protocol", "Protocol"),
  TENANT("tenant", "Tenant"),
  GATEWAY("gateway", "Gateway"),
  TABLE("table", "Table"),
  MINUTE("minute", "intDiv(toUnixTimestamp(Minute), 60)");

  private final String word;
  private final String column;

  Grouping(String word, String column) {
    this.word = word;
    this.column = column;
  }

  public String word() {
    return word;
  }

  String column() {
    return column;
  }

  /** What the cell has there, as text. */
  String of(Cell cell) {
    return switch (this) {
      case SERVICE -> cell.service();
      case PROTOCOL -> cell.protocol();
      case TENANT -> cell.tenant();
      case GATEWAY -> cell.gateway();
      case TABLE -> cell.table();
      case MINUTE -> Integer.toString(cell.minute());
    };
  }

  static List<String> key(List<Grouping> by, Cell cell) {
    List<String> key = new ArrayList<>();
    by.forEach(one -> key.add(one.of(cell)));
    return key;
  }
}
