package io.lodge.query.rows;

import io.lodge.query.run.Execution;
import io.lodge.query.run.Guard;
import io.lodge.query.run.QueryFault;
import io.lodge.query.run.Rows;
import io.lodge.query.run.Statement;
import io.lodge.query.time.TimeRange;
import io.lodge.query.time.Windows;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Pages of rows in the order of time, window by window, so that first rows come at once however
 * long the range is. Rows of one time are in the order of their ids; a page that ends among them
 * says so in its cursor, and the next begins behind it. For one thread and one page.
 *
 * <p>A window is asked for in the order of time alone: ClickHouse then reads the wide columns of
 * the rows it gives and of no others, and hashes no other rows into ids. Only where a page ends
 * among rows of one time, all of these are read again.
 */
public final class RowSearch {
  private final Execution execution;
  private final Filter filter;
  private final boolean newestFirst;
  private final int limit;
  private final RowSink sink;
  private final RowText text;
  private final Windows windows;
  private final @Nullable Cursor begin;
  private int given;
  private boolean more;

  /** How far the windows were gone through: the lower end if the newest come first. */
  private long searchedNanos;

  // The last row given.
  private long lastNanos;
  private String lastId = "";
  private int copies;

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
    this.newestFirst = newestFirst;
    // A row more is asked for, to know whether there is one.
    this.limit = Math.clamp(execution.limits().rowsMax() - 1, 1, limit);
    this.sink = sink;
    this.begin = begin;
    this.filter = begin == null ? filter : filter.within(begin.range());
    text = new RowText(filter.table().times());
    TimeRange rest = begin == null ? filter.range() : behind(begin);
    windows = new Windows(rest, newestFirst);
    searchedNanos = newestFirst ? rest.toNanos() : rest.fromNanos();
  }

  private record Found(String id, byte[] json) {
    static final Comparator<Found> BY_ID =
        (a, b) -> Long.compareUnsigned(Long.parseUnsignedLong(a.id), Long.parseUnsignedLong(b.id));
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
    return filter.statement(
        "SELECT %s\nFROM %s\nWHERE %s\nORDER BY %s %s\nLIMIT %d"
            .formatted(
                filter.table().select(),
                filter.from(),
                filter.where(),
                time(),
                direction(),
                limit));
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
        sameTime(begin.nanos(), begin);
        if (given == 0 && amongSameTime) {
          throw QueryFault.limit(Guard.ROWS, "the rows of one time are more than an answer has");
        }
        if (given == 0) {
          lastId = ""; // the windows go on from here
        }
      }
      while (given < limit && !amongSameTime && windows.hasNext()) {
        long beganNanos = System.nanoTime();
        int before = given;
        TimeRange window = windows.next();
        search(window);
        searchedNanos = newestFirst ? window.fromNanos() : window.toNanos();
        windows.took(System.nanoTime() - beganNanos, given == before);
        sink.progress(searched(), execution.cost());
      }
      more |= amongSameTime || windows.hasNext();
    } catch (QueryFault e) {
      if (e.kind() != QueryFault.Kind.LIMIT_EXCEEDED) {
        throw e;
      }
      if (given == 0 && e.guard().equals(Optional.of(Guard.ROWS))) {
        // Another page would end here too.
        throw QueryFault.limit(
            Guard.ROWS,
            "cannot give rows: %s; raise query.max_rows (%d)"
                .formatted(e.getMessage(), execution.limits().rowsMax()));
      }
      stoppedBy = e.guard();
      more = true;
    }
    return new RowPage(given, more, stoppedBy, searched(), next());
  }

  private void search(TimeRange window) throws QueryFault, InterruptedException {
    int asked = limit - given + 1;
    Filter within = filter.within(window);
    Statement statement =
        within.statement(
            "SELECT %s\nFROM %s\nWHERE %s\nORDER BY %s %s\nLIMIT %d"
                .formatted(
                    filter.table().select(),
                    filter.from(),
                    within.where(),
                    time(),
                    direction(),
                    asked));
    List<Found> sameTime = new ArrayList<>();
    long timeNanos = 0;
    int found = 0;
    try (Rows rows = open(statement)) {
      while (rows.next()) {
        byte[] json = text.read(rows.json());
        if (text.nanos() != timeNanos) {
          give(timeNanos, sameTime);
          timeNanos = text.nanos();
        }
        sameTime.add(new Found(text.id(), json));
        found++;
      }
    }
    if (found < asked) {
      give(timeNanos, sameTime);
    } else {
      more = true;
      if (given < limit) {
        sameTime(timeNanos, null); // there may be others of this time than those that were found
      }
    }
  }

  private void give(long nanos, List<Found> sameTime) throws InterruptedException {
    sameTime.sort(newestFirst ? Found.BY_ID.reversed() : Found.BY_ID);
    for (Found found : sameTime) {
      give(nanos, found.id, found.json);
    }
    sameTime.clear();
  }

  private void give(long nanos, String id, byte[] json) throws InterruptedException {
    if (given == limit) {
      more = true;
      return;
    }
    copies = nanos == lastNanos && id.equals(lastId) ? copies + 1 : 1;
    lastNanos = nanos;
    lastId = id;
    given++;
    String address = new RowAddress(nanos, id, copies - 1).id();
    sink.row(RowText.withId(address, json));
  }

  /**
   * The rows of one time, in the order of their ids.
   *
   * @param behind those up to it are left out
   */
  private void sameTime(long nanos, @Nullable Cursor behind)
      throws QueryFault, InterruptedException {
    Filter within = filter.within(new TimeRange(nanos, nanos + 1));
    Map<String, String> values = new LinkedHashMap<>(within.parameters());
    String beyond = "";
    int skip = 0;
    if (behind != null) {
      beyond = " AND %s %s {id:UInt64}".formatted(filter.table().id(), newestFirst ? "<=" : ">=");
      values.put("id", behind.id());
      skip = behind.copies();
      lastNanos = nanos;
      lastId = behind.id();
      copies = skip;
    }
    amongSameTime = true;
    long asked = Math.min((long) limit - given + skip + 1, execution.limits().rowsMax());
    long found = 0;
    Statement statement =
        new Statement(
            "SELECT %s\nFROM %s\nWHERE %s%s\nORDER BY id %s\nLIMIT %d"
                .formatted(
                    filter.table().select(),
                    filter.from(),
                    within.where(),
                    beyond,
                    direction(),
                    asked),
            values);
    try (Rows rows = open(statement)) {
      while (rows.next()) {
        byte[] json = text.read(rows.json());
        found++;
        if (skip > 0 && behind != null && text.id().equals(behind.id())) {
          skip--;
        } else {
          give(nanos, text.id(), json);
        }
      }
    }
    amongSameTime = found == asked;
  }

  private Rows open(Statement statement) throws QueryFault, InterruptedException {
    return execution.open(statement, cost -> sink.progress(searched(), cost));
  }

  private TimeRange searched() {
    TimeRange whole = filter.range();
    return newestFirst
        ? new TimeRange(Math.max(searchedNanos, whole.fromNanos()), whole.toNanos())
        : new TimeRange(whole.fromNanos(), Math.min(searchedNanos, whole.toNanos()));
  }

  private TimeRange behind(Cursor cursor) {
    long nanos = cursor.nanos();
    long inclusive = cursor.id().isEmpty() ? 1 : 0;
    return newestFirst
        ? new TimeRange(cursor.range().fromNanos(), nanos + inclusive)
        : new TimeRange(nanos + 1 - inclusive, cursor.range().toNanos());
  }

  private Optional<String> next() {
    if (!more) {
      return Optional.empty();
    }
    boolean inUnfinished =
        amongSameTime || (newestFirst ? lastNanos < searchedNanos : lastNanos >= searchedNanos);
    if (given == limit || (inUnfinished && !lastId.isEmpty())) {
      return Optional.of(new Cursor(filter.range(), lastNanos, lastId, copies).toString());
    }
    long bound = newestFirst ? searchedNanos - 1 : searchedNanos;
    return Optional.of(new Cursor(filter.range(), bound, "", 0).toString());
  }

  private String time() {
    return filter.table().search().time();
  }

  private String direction() {
    return newestFirst ? "DESC" : "ASC";
  }
}
