package io.lodge.ingest;

import io.lodge.decode.ledger.Receipt;
import io.lodge.lane.LedgerCounts;
import io.lodge.lane.LedgerEntry;
import io.lodge.lane.LedgerSide;
import io.lodge.lane.LedgerSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Counts by gateway, source and reason. Bounded: beyond so many cells, services are not told apart
 * any more, so an outage of any length takes no more memory. For one thread at a time.
 */
final class LedgerCells {
  private final int cellsMax;
  private final Map<Cell, LedgerCounts> cells = new LinkedHashMap<>();

  /** What is counted by itself. */
  private record Cell(LedgerSide side, String gateway, LedgerSource source, String reason) {
    Cell ofOther() {
      return new Cell(side, gateway, source.ofOther(), reason);
    }
  }

  LedgerCells(int cellsMax) {
    this.cellsMax = cellsMax;
  }

  void add(Receipt receipt) {
    Cell cell = cell(receipt);
    boolean named = cells.containsKey(cell) || cells.size() < cellsMax;
    cells.merge(named ? cell : cell.ofOther(), receipt.entry().counts(), LedgerCounts::plus);
  }

  /** Takes away what was added. What went to the others, for there was no cell, is taken there. */
  void remove(Receipt receipt) {
    Cell cell = cell(receipt);
    LedgerCounts left = cells.getOrDefault(cell, LedgerCounts.NONE).minus(receipt.entry().counts());
    LedgerCounts owed = left.below();
    put(cell, left.minus(owed));
    if (!owed.isNone()) {
      Cell others = cell.ofOther();
      put(others, cells.getOrDefault(others, LedgerCounts.NONE).plus(owed));
    }
  }

  private void put(Cell cell, LedgerCounts counts) {
    if (counts.isNone()) {
      cells.remove(cell);
    } else {
      cells.put(cell, counts);
    }
  }

  private static Cell cell(Receipt receipt) {
    return new Cell(receipt.side(), receipt.gateway(), receipt.entry().source(), receipt.reason());
  }

  List<Receipt> all() {
    List<Receipt> all = new ArrayList<>(cells.size());
    cells.forEach((cell, counts) ->
        all.add(
            new Receipt(
                cell.side, cell.gateway, new LedgerEntry(cell.source, counts), cell.reason)));
    return all;
  }

  /** Records received, over all cells. */
  long records() {
    return cells.values().stream().mapToLong(LedgerCounts::received).sum();
  }
}
