package io.lodge.ingest;

import io.lodge.deliver.Courier;

/** When a segment that waits was sent first: how long ClickHouse may have known its tokens. */
sealed interface Sent {

  /** Nothing of it was sent. */
  record Never() implements Sent {}

  /** By this process; at this time of its clock. */
  record At(long nanos) implements Sent {}

  /** Perhaps by an earlier process, or in pieces: only ClickHouse knows what it has of it. */
  record Unknown() implements Sent {}

  /** Whether ClickHouse may have forgotten tokens under which some of it is stored. */
  default boolean mayBeForgotten(long nowNanos) {
    return switch (this) {
      case Never _ -> false;
      case At at -> nowNanos - at.nanos >= Courier.TOKENS_KEPT.toNanos();
      case Unknown _ -> true;
    };
  }
}
