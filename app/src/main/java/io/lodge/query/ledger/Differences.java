package io.lodge.query.ledger;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/**
 * What was received less what is stored or in flight, cell by cell: sums alone would let a loss in
 * one minute hide behind a lost receipt in another. For one thread.
 */
final class Differences {
  private final Map<Cell, Amount> cells = new HashMap<>();

  /** Is told what a difference means. */
  interface Reader {
    /**
     * A cell whose sides differ.
     *
     * @param unreceipted stored or in flight beyond what is received
     * @param elsewhere received, and for another gateway to deliver
     * @param missing received and nowhere
     */
    void cell(Cell cell, Amount unreceipted, Amount elsewhere, Amount missing);
  }

  void add(Cell cell, Amount amount) {
    cells.merge(cell, amount, Amount::plus);
  }

  /**
   * Tells every difference.
   *
   * @param account what this gateway knows of its own
   * @param moving minutes that are not judged
   */
  void judge(OwnAccount account, Set<Integer> moving, Reader reader) {
    Set<Cell> untold = untold(cells);
    untold.addAll(untold(account.handedOver()));
    Map<Cell, Amount> handedOver = together(account.handedOver(), untold);
    together(cells, untold)
        .forEach((cell, difference) -> {
          if (difference.isNone() || moving.contains(cell.minute())) {
            return;
          }
          Amount lacking = difference.above();
          Amount elsewhere =
              account.gateways().contains(cell.gateway())
                  ? lacking.atMost(handedOver.getOrDefault(cell, Amount.NONE))
                  : lacking;
          reader.cell(
              cell, Amount.NONE.minus(difference).above(), elsewhere, lacking.minus(elsewhere));
        });
  }

  /** Sources of which something is counted without its service, on one side at least. */
  private static Set<Cell> untold(Map<Cell, Amount> cells) {
    Set<Cell> untold = new HashSet<>();
    cells.forEach((cell, difference) -> {
      if (cell.service().equals(Cell.OTHER) && !difference.isNone()) {
        untold.add(cell);
      }
    });
    return untold;
  }

  /** Their services are compared as one: the other side may tell them apart. */
  private static Map<Cell, Amount> together(Map<Cell, Amount> cells, Set<Cell> untold) {
    Map<Cell, Amount> result = new HashMap<>();
    cells.forEach((cell, amount) ->
        result.merge(
            untold.contains(cell.ofOther()) ? cell.ofOther() : cell, amount, Amount::plus));
    return result;
  }
}
