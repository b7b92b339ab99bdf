package io.lodge.query.ledger;

import io.lodge.query.run.Execution;
import io.lodge.query.run.JsonRow;
import io.lodge.query.run.QueryFault;
import io.lodge.query.time.TimeRange;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The ledger held against the tables: rows that it says are stored, and rows that are there.
 *
 * @param tables each table that the ledger has rows of in the range, or that differs from it
 * @param differences where they differ; minutes that are moving are left out
 * @param twice ledger rows that are there more than once: a segment that was stored twice
 */
public record TableCheck(List<Checked> tables, List<Difference> differences, long twice) {

  /**
   * A table.
   *
   * @param rows that the ledger says it has
   * @param late those of them that are not looked for: they were about to expire when they came
   * @param counted whether its rows can be counted by time of receipt; if not, nothing is known
   */
  public record Checked(String table, long rows, long late, boolean counted) {}

  /**
   * Where a table differs from the ledger.
   *
   * @param minute of receipt, as minutes since 1970
   * @param service {@code (other)} for all of the tenant's, where the ledger does not name each
   * @param said rows that the ledger says are there
   * @param found rows that are
   */
  public record Difference(
      String table, int minute, String tenant, String service, long said, long found) {}

  /** Rows that the ledger says are there and that are not. */
  public long missing() {
    return differences.stream().mapToLong(one -> Math.max(0, one.said - one.found)).sum();
  }

  /** Rows that are there and that the ledger does not have. */
  public long unexpected() {
    return differences.stream().mapToLong(one -> Math.max(0, one.found - one.said)).sum();
  }

  /** Counts every table; that may read much. */
  public static TableCheck run(Execution execution, OwnAccount.Accounts accounts, TimeRange range)
      throws QueryFault, InterruptedException {
    OwnAccount before = accounts.now();
    List<Checked> tables = new ArrayList<>();
    for (JsonRow row : execution.all(CountedTable.said(range))) {
      String table = row.text("table");
      tables.add(
          new Checked(table, row.count("rows"), row.count("late"), CountedTable.isCounted(table)));
    }
    List<Difference> differences = new ArrayList<>();
    for (CountedTable table : CountedTable.ALL) {
      for (JsonRow row : execution.all(table.differences(range))) {
        differences.add(
            new Difference(
                table.name(),
                (int) row.count("minute"),
                row.text("tenant"),
                row.text("service"),
                row.count("said"),
                row.count("found")));
      }
    }
    long twice = execution.all(CountedTable.twice(range)).size();
    Set<Integer> moving = accounts.minutesChangedSince(before.changes());
    differences.removeIf(one -> moving.contains(one.minute));
    return new TableCheck(tables, withOthersTogether(differences), twice);
  }

  /** A service that the ledger counts with the others differs there as much as the others do. */
  private static List<Difference> withOthersTogether(List<Difference> all) {
    Map<List<Object>, List<Difference>> byTenant = new LinkedHashMap<>();
    for (Difference one : all) {
      byTenant
          .computeIfAbsent(List.of(one.table, one.minute, one.tenant), _ -> new ArrayList<>())
          .add(one);
    }
    List<Difference> result = new ArrayList<>();
    for (List<Difference> ofTenant : byTenant.values()) {
      boolean others = ofTenant.stream().anyMatch(one -> one.service.equals(Cell.OTHER));
      if (!others) {
        result.addAll(ofTenant);
        continue;
      }
      Difference first = ofTenant.getFirst();
      long said = ofTenant.stream().mapToLong(Difference::said).sum();
      long found = ofTenant.stream().mapToLong(Difference::found).sum();
      if (said != found) {
        result.add(
            new Difference(first.table, first.minute, first.tenant, Cell.OTHER, said, found));
      }
    }
    return result;
  }
}
