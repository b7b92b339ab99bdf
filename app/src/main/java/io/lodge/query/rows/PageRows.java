package io.lodge.query.rows;

import io.lodge.query.time.TimeRange;
import java.util.Comparator;
import java.util.List;

/**
 * The rows of a page as they are given: up to its limit, those of one time by their ids, and equal
 * ones numbered. For one thread.
 */
final class PageRows {
  private final boolean newestFirst;
  private final int limit;
  private final RowSink sink;
  private int given;
  private boolean more;

  // The last row given.
  private long lastNanos;
  private String lastId = "";
  private int copies;

  PageRows(boolean newestFirst, int limit, RowSink sink) {
    this.newestFirst = newestFirst;
    this.limit = limit;
    this.sink = sink;
  }

  /** A row that was found, and not given yet. */
  record Found(String id, byte[] json) {
    private static final Comparator<Found> BY_ID =
        (a, b) -> Long.compareUnsigned(Long.parseUnsignedLong(a.id), Long.parseUnsignedLong(b.id));
  }

  int limit() {
    return limit;
  }

  int given() {
    return given;
  }

  /** How many more the page takes. */
  int room() {
    return limit - given;
  }

  /** Whether a row came that the page has no room for, or it is known that there are others. */
  boolean more() {
    return more;
  }

  void thereAreMore() {
    more = true;
  }

  /** Numbers rows on from that of a cursor. */
  void goOnBehind(Cursor cursor) {
    lastNanos = cursor.nanos();
    lastId = cursor.id();
    copies = cursor.copies();
  }

  /** There was none behind the cursor's row at its time. */
  void forgetLast() {
    lastId = "";
  }

  /** Gives all rows of one time, and empties the list. */
  void give(long nanos, List<Found> sameTime) throws InterruptedException {
    sameTime.sort(newestFirst ? Found.BY_ID.reversed() : Found.BY_ID);
    for (Found found : sameTime) {
      give(nanos, found);
    }
    sameTime.clear();
  }

  void give(long nanos, Found found) throws InterruptedException {
    if (given == limit) {
      more = true;
      return;
    }
    copies = nanos == lastNanos && found.id.equals(lastId) ? copies + 1 : 1;
    lastNanos = nanos;
    lastId = found.id;
    given++;
    String address = new RowAddress(nanos, found.id, copies - 1).id();
    sink.row(RowText.withId(address, found.json));
  }

  /**
   * Where the next page begins.
   *
   * @param searchedNanos how far the windows were gone through
   * @param amongSameTime whether others of the last row's time are still to come
   */
  Cursor next(TimeRange range, long searchedNanos, boolean amongSameTime) {
    boolean inUnfinished =
        amongSameTime || (newestFirst ? lastNanos < searchedNanos : lastNanos >= searchedNanos);
    if (given == limit || (inUnfinished && !lastId.isEmpty())) {
      return new Cursor(range, lastNanos, lastId, copies);
    }
    return new Cursor(range, newestFirst ? searchedNanos - 1 : searchedNanos, "", 0);
  }
}
