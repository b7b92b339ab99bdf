package io.lodge.ingest;

import java.time.Duration;

/** The threads between disk and bucket, as steps that someone else takes. */
public final class SteppedBucket {
  private final Overflow overflow;

  SteppedBucket(Overflow overflow) {
    this.overflow = overflow;
  }

  /** Each returns how long to wait before it is taken again. */
  public Duration keep() {
    return overflow.keeper().turn();
  }

  public Duration move() {
    return overflow.mover().turn();
  }

  public Duration fetch() {
    return overflow.fetcher().turn();
  }

  /** Whether all that is there is in line, and nothing is. */
  public boolean isEmpty() {
    return overflow.isKnown() && overflow.counters().objects() == 0;
  }
}
