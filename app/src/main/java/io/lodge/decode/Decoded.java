package io.lodge.decode;

import io.lodge.block.ByteSink;
import io.lodge.decode.rows.RecordWatcher;
import io.lodge.route.RuleTally;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** What came of one payload: counts that a decoder adds to. Reused; belongs to one thread. */
public final class Decoded {
  private static final int ITEMS_KEEP_BYTES = 64 << 10;

  private long stored;
  private long rejected;
  private long dropped;
  private final RuleTally rules = new RuleTally();
  private long clampedTimestamps;
  private long removed;
  private String firstReason = "";
  private final @Nullable ByteSink items;
  private final @Nullable RecordWatcher watcher;

  /** For a payload whose sender waits for an answer. */
  public Decoded() {
    this(new ByteSink(0), null);
  }

  private Decoded(@Nullable ByteSink items, @Nullable RecordWatcher watcher) {
    this.items = items;
    this.watcher = watcher;
  }

  /** For trying routing rules: the watcher is shown every record that they are tried on. */
  public static Decoded watched(RecordWatcher watcher) {
    return new Decoded(null, watcher);
  }

  /** For payloads that are decoded again: they have been answered. */
  public static Decoded unanswered() {
    return new Decoded(null, null);
  }

  public void reset() {
    if (items != null) {
      items.clear(ITEMS_KEEP_BYTES);
    }
    stored = 0;
    rejected = 0;
    dropped = 0;
    rules.reset();
    clampedTimestamps = 0;
    removed = 0;
    firstReason = "";
  }

  public void countStored(long records) {
    stored += records;
  }

  /**
   * Counts a record that went to the dead letters; the first one's reason is kept for the client.
   */
  public void countRejected(String reason) {
    countRejected(reason, 1);
  }

  /** Counts several records that went to the dead letters as one. */
  public void countRejected(String reason, long records) {
    if (rejected == 0) {
      firstReason = reason;
    }
    rejected += records;
  }

  /** Counts a record that a routing rule dropped, or left out of its sample. */
  public void countDropped() {
    dropped++;
  }

  public void countClampedTimestamp() {
    clampedTimestamps++;
  }

  /** Counts fields that must not be stored, and were taken out of a record that is. */
  public void countRemoved(long fields) {
    removed += fields;
  }

  public long removed() {
    return removed;
  }

  /** Records appended to their own table's lane. */
  public long stored() {
    return stored;
  }

  /** Records appended to the dead letters. */
  public long rejected() {
    return rejected;
  }

  /** Records that routing rules dropped: stored nowhere, on purpose. */
  public long dropped() {
    return dropped;
  }

  /** Who is shown the records that rules are tried on; null if nobody is. */
  public @Nullable RecordWatcher watcher() {
    return watcher;
  }

  /** What each routing rule did. */
  public RuleTally rules() {
    return rules;
  }

  /** Times that lay outside what a table holds and were moved to its edge. */
  public long clampedTimestamps() {
    return clampedTimestamps;
  }

  /** Why the first rejected record was; empty if none was. */
  public String firstReason() {
    return firstReason;
  }

  /**
   * Where a decoder writes what the answer says of single records, in UTF-8 and in the protocol's
   * own form; null if nobody waits for it.
   */
  public @Nullable ByteSink items() {
    return items;
  }

  /** What was written to {@link #items}. */
  public String itemsText() {
    return items == null || items.length() == 0
        ? ""
        : new String(items.array(), 0, items.length(), StandardCharsets.UTF_8);
  }
}
