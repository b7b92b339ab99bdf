package io.lodge;

import java.util.List;
import java.util.function.IntPredicate;

/** Rows of texts under each other. */
final class TextTable {
  private TextTable() {}

  /**
   * @param rows as long as the first, which is the head
   * @param left columns of names, the others being numbers
   */
  static void print(Terminal terminal, List<List<String>> rows, IntPredicate left) {
    int columns = rows.getFirst().size();
    int[] widths = new int[columns];
    for (List<String> row : rows) {
      for (int i = 0; i < columns; i++) {
        widths[i] = Math.max(widths[i], row.get(i).length());
      }
    }
    for (List<String> row : rows) {
      StringBuilder line = new StringBuilder();
      for (int i = 0; i < columns; i++) {
        String gap = " ".repeat(widths[i] - row.get(i).length());
        line.append(left.test(i) ? row.get(i) + gap : gap + row.get(i)).append("  ");
      }
      terminal.out().println(line.toString().stripTrailing());
    }
  }
}
