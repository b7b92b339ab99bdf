package io.lodge.lane;

import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * One lane's place among the lanes of a segment. The lane is made when the first payload asks for
 * it and let go after a segment that had no use for it: most gateways never see most kinds of data.
 */
final class Slot<L extends Lane> {
  private final Supplier<L> make;
  private @Nullable L lane;

  /** Whether the present payload has asked for the lane, so that it has a mark to go back to. */
  private boolean marked;

  Slot(Supplier<L> make) {
    this.make = make;
  }

  /** The lane, with a mark from before the present payload's first row. */
  L touched() {
    L it = lane;
    if (it == null) {
      it = make.get();
      lane = it;
    }
    if (!marked) {
      it.mark();
      marked = true;
    }
    return it;
  }

  /** The lane if it was asked for since the segment began, or the one before it. */
  @Nullable L present() {
    return lane;
  }

  /** The lane if the present payload asked for it. */
  @Nullable L ofPayload() {
    return marked ? lane : null;
  }

  /** The next payload begins. */
  void nextPayload() {
    marked = false;
  }

  /** Drops what the present payload has appended. */
  void rollback() {
    if (marked && lane != null) {
      lane.rollback();
    }
  }

  /** Empties the lane for the next segment, or lets it go if this segment left it empty. */
  void clear() {
    marked = false;
    if (lane != null && lane.rows() > 0) {
      lane.clear();
    } else {
      lane = null;
    }
  }
}
