package io.lodge.query.ledger;

import io.lodge.query.run.Execution;
import io.lodge.query.run.JsonRow;
import io.lodge.query.run.QueryFault;
import io.lodge.query.time.TimeRange;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * Both sides of the ledger and this gateway's own account → a book. What is received is held
 * against what is stored or in flight cell by cell: sums alone would let a loss in one minute hide
 * behind a lost receipt in another.
 */
public final class Books {
  private final OwnAccount.Accounts accounts;
  private final TimeRange range;
  private final List<Grouping> by;
  private final Map<List<String>, BookLine> lines = new LinkedHashMap<>();
  private final Differences differences = new Differences();
  private final Map<String, Long> elsewhere = new TreeMap<>();
  private boolean truncated;

  private Books(OwnAccount.Accounts accounts, TimeRange range, List<Grouping> by) {
    this.accounts = accounts;
    this.range = range;
    this.by = by;
  }

  /**
   * The book of a range, in whole minutes of receipt.
   *
   * @param by what lines are told apart by; a single line if empty
   */
  public static Book read(
      Execution execution, OwnAccount.Accounts accounts, TimeRange range, List<Grouping> by)
      throws QueryFault, InterruptedException {
    return new Books(accounts, range, by).read(execution);
  }

  /**
   * What this gateway knows by itself, while ClickHouse does not answer. What is on its way was
   * received, though its receipts may be stored already.
   */
  public static Book unanswered(OwnAccount.Accounts accounts, TimeRange range, List<Grouping> by) {
    Books books = new Books(accounts, range, by);
    OwnAccount account = accounts.now();
    books.addOwn(account);
    books.differences.judge(
        account,
        Set.of(),
        (cell, unreceipted, elsewhere, missing) -> books.line(cell).receipts(unreceipted));
    return books.book(account, Set.of(), false);
  }

  private Book read(Execution execution) throws QueryFault, InterruptedException {
    OwnAccount account = accounts.now();
    for (JsonRow row : execution.all(LedgerSql.sums(range, by))) {
      BookLine line = line(row);
      line.receipts(Amount.of(row, "received"));
      line.stored(Amount.of(row, "stored"));
    }
    for (JsonRow row : execution.all(LedgerSql.refused(range, by))) {
      line(row).refused(row.text("reason"), row.count("requests"));
    }
    List<JsonRow> unequal = execution.all(LedgerSql.unequal(range));
    truncated = unequal.size() == LedgerSql.CELLS_MAX;
    for (JsonRow row : unequal) {
      differences.add(Cell.of(row), Amount.of(row, "received").minus(Amount.of(row, "stored")));
    }
    addOwn(account);
    Set<Integer> moving = accounts.minutesChangedSince(account.changes());
    judge(account, moving);
    return book(account, moving, true);
  }

  private void addOwn(OwnAccount account) {
    account
        .unstored()
        .forEach((cell, amount) -> {
          if (isInRange(cell)) {
            line(cell).receipts(amount);
            differences.add(cell, amount);
          }
        });
    account
        .inFlight()
        .forEach((cell, amount) -> {
          if (isInRange(cell)) {
            line(cell).inFlight(amount);
            differences.add(cell, Amount.NONE.minus(amount));
          }
        });
    account
        .inBucket()
        .forEach((cell, amount) -> {
          if (isInRange(cell)) {
            line(cell).inBucket(amount);
          }
        });
    for (OwnAccount.Refused refused : account.refused()) {
      if (isInRange(refused.cell())) {
        line(refused.cell()).refused(refused.reason(), refused.requests());
      }
    }
  }

  private void judge(OwnAccount account, Set<Integer> moving) {
    differences.judge(
        account,
        moving,
        (cell, unreceipted, away, missing) -> {
          BookLine line = line(cell);
          line.unreceipted(unreceipted);
          line.missing(missing);
          if (away.received() > 0) {
            line.elsewhere(away);
            elsewhere.merge(cell.gateway(), away.received(), Long::sum);
          }
        });
  }

  private Book book(OwnAccount account, Set<Integer> moving, boolean answered) {
    BookLine total = new BookLine(List.of());
    lines.values().forEach(total::add);
    List<Book.Line> sorted = new ArrayList<>(lines.values().stream().map(BookLine::line).toList());
    sorted.sort(
        Comparator.comparingLong(Book.Line::received)
            .reversed()
            .thenComparing(line -> line.key().toString()));
    Set<Integer> inRange = new HashSet<>(moving);
    inRange.removeIf(minute -> !isInRange(minute));
    return new Book(sorted, total.line(), account, inRange.size(), elsewhere, truncated, answered);
  }

  private boolean isInRange(Cell cell) {
    return isInRange(cell.minute());
  }

  private boolean isInRange(int minute) {
    long beginNanos = minute * 60_000_000_000L;
    return beginNanos < range.toNanos() && beginNanos + 60_000_000_000L > range.fromNanos();
  }

  private BookLine line(JsonRow row) {
    List<String> key = by.stream().map(one -> row.text(one.word())).toList();
    return lines.computeIfAbsent(key, BookLine::new);
  }

  private BookLine line(Cell cell) {
    return lines.computeIfAbsent(Grouping.key(by, cell), BookLine::new);
  }
}
