package io.lodge.query.rows;

import io.lodge.query.run.Execution;
import io.lodge.query.run.Guard;
import io.lodge.query.run.QueryFault;
import io.lodge.query.run.Rows;
import io.lodge.query.run.Statement;
import io.lodge.query.time.TimeRange;
import io.lodge.query.time.Windows;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Pages of rows in the order of time, window by window, so that first rows come at once however
 * long the range is. Rows of one time are in the order of their ids; a page that ends among them
 * says so in its cursor, and the next begins behind it. For one thread and one page.
 *
 * <p>A window is asked for in the order of time alone. Only where a page ends among rows of one
 * time, all of these are read again.
 */
public final class RowSearch {
  private final Execution execution;
  private final Filter filter;
  private final RowOrder order;
  private final RowSink sink;
  private final PageRows page;
  private final RowText text;
  private final Windows windows;
  private final @Nullable Cursor begin;

  /** How far the windows were gone through: the lower end if the newest come first. */
  private long searchedNanos;

  /** Whether some rows of one time were given, or may have been, and others are still to come. */
  private boolean amongSameTime;

  private RowSearch(
      Execution execution,
      Filter filter,
      @Nullable Cursor begin,
      boolean newestFirst,
      int limit,
      RowSink sink) {
    this.execution = execution;
    order = new RowOrder(newestFirst);
    // A row more is asked for, to know whether there is one.
    int most = Math.clamp(execution.limits().rowsMax() - 1, 1, limit);
    page = new PageRows(newestFirst, most, sink);
    this.sink = sink;
    this.begin = begin;
    this.filter = begin == null ? filter : filter.within(begin.range());
    text = new RowText(filter.table().times());
    TimeRange rest = begin == null ? filter.range() : order.behind(begin);
    windows = new Windows(rest, newestFirst);
    searchedNanos = order.begin(rest);
  }

  /**
   * The filter's rows, or those behind a cursor.
   *
   * @param cursor an earlier page's; empty for the first page
   */
  public static RowSearch page(
      Execution execution,
      Filter filter,
      String cursor,
      boolean newestFirst,
      int limit,
      RowSink sink)
      throws QueryFault {
    Cursor begin = cursor.isEmpty() ? null : Cursor.parse(cursor);
    return new RowSearch(execution, filter, begin, newestFirst, limit, sink);
  }

  /** The rows around one, that is not among them: those behind it in this order. */
  public static RowSearch behind(
      Execution execution,
      Filter filter,
      RowAddress row,
      boolean newestFirst,
      int limit,
      RowSink sink) {
    Cursor begin = new Cursor(filter.range(), row.nanos(), row.hash(), row.copy() + 1);
    return new RowSearch(execution, filter, begin, newestFirst, limit, sink);
  }

  /** The whole of the question as one statement. */
  public Statement plan() {
    return order.byTime(filter, page.limit());
  }

  /** What the plan is about. */
  public TimeRange range() {
    return filter.range();
  }

  /** Searches until the page is full, all is searched, or a guard is hit. */
  public RowPage run() throws QueryFault, InterruptedException {
    Optional<Guard> stoppedBy = Optional.empty();
    try {
      if (begin != null && !begin.id().isEmpty()) {
        restOfSameTime(begin);
      }
      while (page.room() > 0 && !amongSameTime && windows.hasNext()) {
        long beganNanos = System.nanoTime();
        int before = page.given();
        TimeRange window = windows.next();
        search(window);
        searchedNanos = order.end(window);
        windows.took(System.nanoTime() - beganNanos, page.given() == before);
        sink.progress(searched(), execution.cost());
      }
      if (amongSameTime || windows.hasNext()) {
        page.thereAreMore();
      }
    } catch (QueryFault e) {
      stoppedBy = keptAt(e);
      page.thereAreMore();
    }
    Optional<String> next =
        page.more()
            ? Optional.of(page.next(filter.range(), searchedNanos, amongSameTime).toString())
            : Optional.empty();
    return new RowPage(page.given(), page.more(), stoppedBy, searched(), next);
  }

  /** The guard that a page ends at; other faults go on. */
  private Optional<Guard> keptAt(QueryFault e) throws QueryFault {
    if (e.kind() != QueryFault.Kind.LIMIT_EXCEEDED) {
      throw e;
    }
    if (page.given() == 0 && e.guard().equals(Optional.of(Guard.ROWS))) {
      // Another page would end here too.
      throw QueryFault.limit(
          Guard.ROWS,
          "cannot give rows: %s; raise query.max_rows (%d)"
              .formatted(e.getMessage(), execution.limits().rowsMax()));
    }
    return e.guard();
  }

  private void restOfSameTime(Cursor cursor) throws QueryFault, InterruptedException {
    sameTime(cursor.nanos(), cursor);
    if (page.given() == 0 && amongSameTime) {
      throw QueryFault.limit(Guard.ROWS, "the rows of one time are more than an answer has");
    }
    if (page.given() == 0) {
      page.forgetLast(); // the windows go on from here
    }
  }

  private void search(TimeRange window) throws QueryFault, InterruptedException {
    int asked = page.room() + 1;
    Statement statement = order.byTime(filter.within(window), asked);
    List<PageRows.Found> sameTime = new ArrayList<>();
    long timeNanos = 0;
    int found = 0;
    try (Rows rows = open(statement)) {
      while (rows.next()) {
        byte[] json = text.read(rows.json());
        if (text.nanos() != timeNanos) {
          page.give(timeNanos, sameTime);
          timeNanos = text.nanos();
        }
        sameTime.add(new PageRows.Found(text.id(), json));
        found++;
      }
    }
    if (found < asked) {
      page.give(timeNanos, sameTime);
    } else {
      page.thereAreMore();
      if (page.room() > 0) {
        sameTime(timeNanos, null); // there may be others of this time than those that were found
      }
    }
  }

  /**
   * The rows of one time, in the order of their ids.
   *
   * @param behind those up to it are left out
   */
  private void sameTime(long nanos, @Nullable Cursor behind)
      throws QueryFault, InterruptedException {
    Filter within = filter.within(new TimeRange(nanos, nanos + 1));
    int skip = 0;
    if (behind != null) {
      skip = behind.copies();
      page.goOnBehind(behind);
    }
    amongSameTime = true;
    long asked = Math.min((long) page.room() + skip + 1, execution.limits().rowsMax());
    long found = 0;
    try (Rows rows = open(order.byId(within, behind, asked))) {
      while (rows.next()) {
        byte[] json = text.read(rows.json());
        found++;
        if (skip > 0 && behind != null && text.id().equals(behind.id())) {
          skip--;
        } else {
          page.give(nanos, new PageRows.Found(text.id(), json));
        }
      }
    }
    amongSameTime = found == asked;
  }

  private Rows open(Statement statement) throws QueryFault, InterruptedException {
    return execution.open(statement, cost -> sink.progress(searched(), cost));
  }

  private TimeRange searched() {
    return order.upTo(filter.range(), searchedNanos);
  }
}
