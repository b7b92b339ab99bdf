package io.lodge.query.traces;

import io.lodge.query.rows.Filter;
import io.lodge.query.rows.RowPage;
import io.lodge.query.rows.RowSink;
import io.lodge.query.run.Execution;
import io.lodge.query.run.Guard;
import io.lodge.query.run.JsonRow;
import io.lodge.query.run.QueryFault;
import io.lodge.query.run.Rows;
import io.lodge.query.run.Statement;
import io.lodge.query.time.TimeRange;
import io.lodge.query.time.Windows;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Pages of traces of which a span matches, one row for each, window by window: in the order of
 * their newest span that matches, the newest first, and of their ids where that is the same. A row
 * tells of the whole trace, also of spans that do not match or lie outside the range. For one
 * thread and one page.
 */
public final class TraceSearch {
  private final Execution execution;
  private final Filter filter;
  private final @Nullable TraceCursor begin;
  private final int limit;
  private final RowSink sink;
  private final Windows windows;

  /** Traces of this page, and those met that came on earlier ones. */
  private final Set<String> seen = new HashSet<>();

  private int given;
  private boolean more;
  private long searchedNanos;

  /** The last trace given. */
  private @Nullable Found last;

  private TraceSearch(
      Execution execution, Filter filter, @Nullable TraceCursor begin, int limit, RowSink sink) {
    this.execution = execution;
    this.begin = begin;
    this.filter = begin == null ? filter : filter.within(begin.range());
    this.limit = limit;
    this.sink = sink;
    TimeRange rest = begin == null ? filter.range() : begin.rest();
    windows = new Windows(rest, true);
    searchedNanos = rest.toNanos();
  }

  /** A trace and its newest span that matches. */
  private record Found(String id, long lastNanos) {}

  /**
   * A search.
   *
   * @param filter of spans
   * @param cursor an earlier page's; empty for the first page
   * @param limit traces, at most
   */
  public static TraceSearch page(
      Execution execution, Filter filter, String cursor, int limit, RowSink sink)
      throws QueryFault {
    TraceCursor begin = cursor.isEmpty() ? null : TraceCursor.parse(cursor);
    return new TraceSearch(execution, filter, begin, limit, sink);
  }

  /** The whole of the question as one statement. */
  public Statement plan() {
    return filter.statement(TraceSummary.sql(matching(filter, limit)));
  }

  /** What the plan is about. */
  public TimeRange range() {
    return filter.range();
  }

  /** Searches until the page is full, all is searched, or a guard is hit. */
  public RowPage run() throws QueryFault, InterruptedException {
    Optional<Guard> stoppedBy = Optional.empty();
    try {
      while (given < limit && windows.hasNext()) {
        long beganNanos = System.nanoTime();
        int before = given;
        TimeRange window = windows.next();
        search(window);
        searchedNanos = window.fromNanos();
        windows.took(System.nanoTime() - beganNanos, given == before);
        sink.progress(searched(), execution.cost());
      }
      more |= windows.hasNext();
    } catch (QueryFault e) {
      if (e.kind() != QueryFault.Kind.LIMIT_EXCEEDED) {
        throw e;
      }
      stoppedBy = e.guard();
      more = true;
    }
    return new RowPage(given, more, stoppedBy, searched(), next());
  }

  private Optional<String> next() {
    if (!more) {
      return Optional.empty();
    }
    // A window is given as a whole, or up to the page's end.
    TraceCursor next =
        given == limit && last != null
            ? new TraceCursor(filter.range(), last.lastNanos, last.id)
            : new TraceCursor(filter.range(), searchedNanos - 1, "");
    return Optional.of(next.toString());
  }

  private static String matching(Filter within, int most) {
    return """
    SELECT TraceId, toUnixTimestamp64Nano(max(%1$s)) AS last
    FROM %2$s
    WHERE %3$s AND TraceId != ''
    GROUP BY TraceId
    ORDER BY last DESC, TraceId
    LIMIT %4$d\
    """
        .formatted(within.table().search().time(), within.from(), within.where(), most);
  }

  private void search(TimeRange window) throws QueryFault, InterruptedException {
    while (true) {
      // Those seen already may be among the newest of this window too, as long as they are.
      int asked = limit - given + 1 + seen.size();
      List<Found> found = newest(filter.within(window), asked);
      List<Found> news = found.stream().filter(trace -> !seen.contains(trace.id)).toList();
      Set<String> earlier = earlier(news);
      seen.addAll(earlier);
      news = news.stream().filter(trace -> !earlier.contains(trace.id)).toList();
      int room = limit - given;
      if (news.size() > room || found.size() < asked || earlier.isEmpty()) {
        more |= news.size() > room;
        give(news.subList(0, Math.min(room, news.size())));
        return;
      }
      // Those of earlier pages took the places of others: again, with places for both.
    }
  }

  private List<Found> newest(Filter within, int most) throws QueryFault, InterruptedException {
    List<Found> found = new ArrayList<>();
    try (Rows rows = open(within.statement(matching(within, most)))) {
      while (rows.next()) {
        JsonRow row = JsonRow.parse(rows.json());
        found.add(new Found(row.text("TraceId"), row.count("last")));
      }
    }
    return found;
  }

  private Set<String> earlier(List<Found> traces) throws QueryFault, InterruptedException {
    TraceCursor cursor = begin;
    if (cursor == null) {
      return Set.of();
    }
    Set<String> earlier = new HashSet<>();
    List<String> open = new ArrayList<>();
    for (Found trace : traces) {
      if (cursor.isBehind(trace.id, trace.lastNanos)) {
        earlier.add(trace.id);
      } else {
        open.add(trace.id);
      }
    }
    earlier.addAll(new EarlierPages(execution, filter, cursor).among(open));
    return earlier;
  }

  /** The newest first. */
  private void give(List<Found> found) throws QueryFault, InterruptedException {
    if (found.isEmpty()) {
      return;
    }
    TimeRange spans = new TimeRange(found.getLast().lastNanos, found.getFirst().lastNanos);
    Map<String, byte[]> byId = new HashMap<>();
    try (Rows rows = open(TraceSummary.of(found.stream().map(Found::id).toList(), spans))) {
      while (rows.next()) {
        byte[] json = rows.json();
        byId.put(JsonRow.parse(json).text("TraceId"), json);
      }
    }
    for (Found trace : found) {
      byte[] json = byId.get(trace.id);
      if (json != null) { // expired between the two statements
        sink.row(json);
      }
      seen.add(trace.id);
      last = trace;
      given++;
    }
  }

  private Rows open(Statement statement) throws QueryFault, InterruptedException {
    return execution.open(statement, cost -> sink.progress(searched(), cost));
  }

  private TimeRange searched() {
    return new TimeRange(
        Math.max(searchedNanos, filter.range().fromNanos()), filter.range().toNanos());
  }
}
