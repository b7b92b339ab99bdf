package io.lodge.query.rows;

import io.lodge.query.run.Statement;
import io.lodge.query.time.TimeRange;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The order of rows, as SQL and as ranges: by time, and by id where that is the same. */
record RowOrder(boolean newestFirst) {

  /**
   * The first rows in the order of time alone: ClickHouse then reads the wide columns of the rows
   * it gives and of no others, and hashes no other rows into ids.
   */
  Statement byTime(Filter within, int most) {
    return within.statement(
        select(within, "")
            + "\nORDER BY %s %s\nLIMIT %d"
                .formatted(within.table().search().time(), direction(), most));
  }

  /**
   * Rows of one time by their ids.
   *
   * @param within that time
   * @param behind those before its id are left out
   */
  Statement byId(Filter within, @Nullable Cursor behind, long most) {
    Map<String, String> values = new LinkedHashMap<>(within.parameters());
    String beyond = "";
    if (behind != null) {
      beyond = " AND %s %s {id:UInt64}".formatted(within.table().id(), newestFirst ? "<=" : ">=");
      values.put("id", behind.id());
    }
    return new Statement(
        select(within, beyond) + "\nORDER BY id %s\nLIMIT %d".formatted(direction(), most), values);
  }

  private static String select(Filter within, String beyond) {
    return "SELECT %s\nFROM %s\nWHERE %s%s"
        .formatted(within.table().select(), within.from(), within.where(), beyond);
  }

  private String direction() {
    return newestFirst ? "DESC" : "ASC";
  }

  /** What is to be gone through behind a cursor; its own time only if no row of it was given. */
  TimeRange behind(Cursor cursor) {
    long nanos = cursor.nanos();
    long inclusive = cursor.id().isEmpty() ? 1 : 0;
    return newestFirst
        ? new TimeRange(cursor.range().fromNanos(), nanos + inclusive)
        : new TimeRange(nanos + 1 - inclusive, cursor.range().toNanos());
  }

  /** Where a range is begun. */
  long begin(TimeRange range) {
    return newestFirst ? range.toNanos() : range.fromNanos();
  }

  /** Where it is ended. */
  long end(TimeRange range) {
    return newestFirst ? range.fromNanos() : range.toNanos();
  }

  /** The part of a range from its beginning up to a time. */
  TimeRange upTo(TimeRange whole, long nanos) {
    return newestFirst
        ? new TimeRange(Math.max(nanos, whole.fromNanos()), whole.toNanos())
        : new TimeRange(whole.fromNanos(), Math.min(nanos, whole.toNanos()));
  }
}
