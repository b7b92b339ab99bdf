package io.lodge.deliver;

import io.lodge.base.Time;
import io.lodge.clickhouse.InsertResult;
import java.time.Duration;
import java.util.Locale;
import java.util.function.BooleanSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * How much ClickHouse can bear, learned from how inserts end. Under pressure there are at once half
 * as many inserts at a time and, unless it is memory that lacks, segments may grow twice as old, so
 * that fewer and larger blocks come; without, one insert more and a second less every few seconds.
 * What is held back waits in the journal; nothing is dropped here. Thread-safe.
 */
public final class Pressure {
  private static final Logger log = LoggerFactory.getLogger(Pressure.class);

  /** How far it has come. */
  public enum Level {
    /** Nothing is held back. */
    CALM,
    /** Fewer inserts at a time, or older segments, than without pressure. */
    EASING,
    /** One insert at a time, or segments of eight times their age. */
    STRAINED
  }

  private static final int UNLIMITED = Integer.MAX_VALUE;
  private static final int STRETCH_MAX = 16;

  /**
   * For inserts that are only slow: a ClickHouse that hung has no use for larger blocks, and fresh
   * rows are to be found within 5 s.
   */
  private static final int STRETCH_SLOW_MAX = 3;

  private static final int STRETCH_STRAINED = 8;

  /** However far they are stretched. */
  private static final Duration SEGMENT_AGE_MAX = Duration.ofSeconds(30);

  /** Several inserts that fail together are one sign. */
  private static final Duration TIGHTEN_EVERY = Duration.ofSeconds(1);

  /** Without a sign for so long, it is eased a step: many of these for each step back. */
  private static final Duration EASE_EVERY = Duration.ofSeconds(5);

  /**
   * An insert that takes this long, and four times what it usually takes, is slowed down:
   * ClickHouse delays inserts, up to a second each, before it refuses them for too many parts.
   */
  private static final Duration SLOW_MIN = Duration.ofSeconds(3);

  private static final int SLOW_TIMES = 4;

  /** How long the backlog lets fresh blocks go before it, where only some may go at a time. */
  private static final Duration COURTESY = Duration.ofSeconds(1);

  private final Time time;
  private final BooleanSupplier away;
  private int running;
  private int freshWaiting;
  private int insertsMax = UNLIMITED;
  private int runningPeak;
  private int stretch = 1;
  private long tightenedNanos;
  private long signNanos;
  private double usualNanos;
  private String cause = "";

  /** Read without the lock by those who ask all the time. */
  private volatile Level level = Level.CALM;

  /**
   * @param away whether ClickHouse takes no blocks at all for now
   */
  Pressure(Time time, BooleanSupplier away) {
    this.time = time;
    this.away = away;
    tightenedNanos = time.nanoTime() - TIGHTEN_EVERY.toNanos();
    signNanos = time.nanoTime();
  }

  /**
   * Waits until one more insert may begin; {@link #ended} must follow.
   *
   * @param fresh whether the block was never in the backlog: those go first
   */
  synchronized void begin(boolean fresh) throws InterruptedException {
    long courtesyEnds = time.nanoTime() + COURTESY.toNanos();
    freshWaiting += fresh ? 1 : 0;
    try {
      while (running >= insertsMax || (!fresh && mustGiveWay(courtesyEnds))) {
        time.await(this, COURTESY);
        ease();
      }
    } finally {
      freshWaiting -= fresh ? 1 : 0;
    }
    running++;
  }

  private boolean mustGiveWay(long courtesyEnds) {
    return freshWaiting > 0 && time.nanoTime() - courtesyEnds < 0;
  }

  /** An insert has ended so, after so long. */
  synchronized void ended(InsertResult result, long tookNanos) {
    int together = running--;
    notifyAll();
    ease();
    switch (result) {
      case InsertResult.Stored _ -> {
        if (isSlow(tookNanos)) {
          String why = String.format(Locale.ROOT, "an insert took %.1f s", tookNanos / 1e9);
          tighten(why, STRETCH_SLOW_MAX, together);
        } else {
          usualNanos = usualNanos == 0 ? tookNanos : usualNanos + (tookNanos - usualNanos) / 16;
        }
      }
      case InsertResult.RetryLater later -> {
        String why = firstLine(later.message());
        if (later.kind() == InsertResult.Wait.PRESSURE) {
          tighten(why, later.lacksMemory() ? 1 : STRETCH_MAX, together);
        } else if (later.kind() == InsertResult.Wait.UNKNOWN_STATUS && isSlow(tookNanos)) {
          tighten(why, STRETCH_SLOW_MAX, together);
        }
      }
      case InsertResult.Refused _ -> {}
    }
  }

  /** An insert of which nothing came back, not even a failure. */
  synchronized void brokeOff() {
    running--;
    notifyAll();
  }

  private boolean isSlow(long tookNanos) {
    return tookNanos >= SLOW_MIN.toNanos()
        && usualNanos > 0
        && tookNanos >= SLOW_TIMES * usualNanos;
  }

  private static String firstLine(String message) {
    String line = message.lines().findFirst().orElse("");
    return line.length() <= 200 ? line : line.substring(0, 200) + "…";
  }

  /**
   * @param stretchMax how far segments may be stretched for this; 1 if fewer blocks do not help
   */
  private void tighten(String why, int stretchMax, int together) {
    long now = time.nanoTime();
    signNanos = now;
    if (now - tightenedNanos < TIGHTEN_EVERY.toNanos()) {
      return;
    }
    tightenedNanos = now;
    cause = why;
    runningPeak = Math.max(runningPeak, together);
    insertsMax = Math.max(1, Math.min(insertsMax, together) / 2);
    stretch = Math.max(stretch, Math.min(stretchMax, stretch * 2));
    note();
  }

  private void ease() {
    long now = time.nanoTime();
    while (level != Level.CALM && now - signNanos >= EASE_EVERY.toNanos()) {
      signNanos += EASE_EVERY.toNanos();
      stretch = Math.max(1, stretch - 1);
      insertsMax = insertsMax + 1L >= runningPeak ? UNLIMITED : insertsMax + 1;
      note();
      notifyAll();
    }
  }

  /** Says so when the level changes. */
  private void note() {
    Level now = levelNow();
    if (now == level) {
      return;
    }
    boolean worse = now.compareTo(level) > 0;
    level = now;
    if (now == Level.CALM) {
      runningPeak = 0;
      cause = "";
      log.info("ClickHouse bears all inserts again");
    } else if (worse) {
      log.warn("ClickHouse is under pressure: {}; what is held back is in the journal", words());
    } else {
      log.info("ClickHouse is under less pressure: {}", words());
    }
  }

  private Level levelNow() {
    if (stretch == 1 && insertsMax == UNLIMITED) {
      return Level.CALM;
    }
    return insertsMax == 1 || stretch >= STRETCH_STRAINED ? Level.STRAINED : Level.EASING;
  }

  private String words() {
    String inserts =
        insertsMax == UNLIMITED ? "any number of inserts" : "inserts at a time: " + insertsMax;
    return "%s, segments %d times as old, because: %s".formatted(inserts, stretch, cause);
  }

  public Level level() {
    if (level == Level.CALM) {
      return Level.CALM;
    }
    synchronized (this) {
      ease();
      return level;
    }
  }

  /** What is held back and why; empty while nothing is. */
  public synchronized String text() {
    ease();
    return level == Level.CALM ? "" : words();
  }

  /** How many inserts there may be at a time; {@link Integer#MAX_VALUE} if any number. */
  public synchronized int insertsMax() {
    ease();
    return insertsMax;
  }

  /**
   * How old a segment may grow now. While ClickHouse is away as old as can be: nobody could find
   * its rows earlier, and after an hour there are the fewer inserts to catch up with.
   *
   * @param usual how old without pressure
   */
  public Duration segmentAge(Duration usual) {
    boolean isAway = away.getAsBoolean();
    if ((!isAway && level() == Level.CALM) || usual.compareTo(SEGMENT_AGE_MAX) >= 0) {
      return usual;
    }
    Duration stretched = usual.multipliedBy(isAway ? STRETCH_MAX : stretch());
    return stretched.compareTo(SEGMENT_AGE_MAX) < 0 ? stretched : SEGMENT_AGE_MAX;
  }

  private synchronized int stretch() {
    return stretch;
  }
}
