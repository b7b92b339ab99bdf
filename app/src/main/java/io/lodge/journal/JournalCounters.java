package io.lodge.journal;

import java.util.concurrent.atomic.LongAdder;

/** What the journal has done since it was opened. Thread-safe; read by metrics. */
public final class JournalCounters {
  final LongAdder appendedPayloads = new LongAdder();
  final LongAdder appendedBytes = new LongAdder();
  final LongAdder syncs = new LongAdder();
  final LongAdder syncNanos = new LongAdder();
  final LongAdder quarantined = new LongAdder();
  final LongAdder tornTails = new LongAdder();

  JournalCounters() {}

  public long appendedPayloads() {
    return appendedPayloads.sum();
  }

  /** Bytes of payload frames, framing included. */
  public long appendedBytes() {
    return appendedBytes.sum();
  }

  /** Groups that were synced. */
  public long syncs() {
    return syncs.sum();
  }

  /** Nanoseconds spent waiting for the disk in them. */
  public long syncNanos() {
    return syncNanos.sum();
  }

  /** Segments moved to quarantine, whole or with what could be salvaged kept. */
  public long quarantined() {
    return quarantined.sum();
  }

  /** Segments whose unfinished end was cut when the journal was opened. */
  public long tornTails() {
    return tornTails.sum();
  }
}
