package io.lodge.kafka;

import io.lodge.ingest.LeftSegment;
import io.lodge.journal.DamagedSegmentException;
import io.lodge.model.PayloadKind;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Segments whose commit was not seen to succeed: left by a crash, or by a commit without an answer.
 * They are decided by what Kafka holds, once the group has a new generation: from then on no commit
 * of the old one can succeed any more. One thread.
 */
final class Undecided {
  private static final Logger log = LoggerFactory.getLogger(Undecided.class);

  private final List<LeftSegment> segments;

  Undecided(List<LeftSegment> left) {
    segments = new ArrayList<>(left);
  }

  void add(LeftSegment segment) {
    segments.add(segment);
  }

  int count() {
    return segments.size();
  }

  /**
   * Decides on each, oldest first. To be called in a new generation, before anything is committed
   * in it.
   *
   * @param committed asks Kafka for a segment's partitions
   */
  void decide(Function<Ranges, Map<TopicPartition, OffsetAndMetadata>> committed) {
    while (!segments.isEmpty()) {
      decide(segments.getFirst(), committed);
      segments.removeFirst();
    }
  }

  private static void decide(
      LeftSegment segment, Function<Ranges, Map<TopicPartition, OffsetAndMetadata>> committed) {
    Ranges ranges;
    try {
      ranges = ranges(segment);
    } catch (DamagedSegmentException damaged) {
      quarantine(segment, String.valueOf(damaged.getMessage()));
      return;
    }
    if (ranges == null) {
      // It ends before its ranges: its commit was never tried.
      segment.drop();
      return;
    }
    switch (verdict(segment, committed.apply(ranges))) {
      case COMMITTED -> {
        log.info("segment {} was committed to Kafka; it is delivered", segment.id());
        segment.deliver();
      }
      case NOT_COMMITTED -> {
        log.info("segment {} was not committed to Kafka; it is read again", segment.id());
        segment.drop();
      }
      case UNKNOWN ->
          quarantine(segment, "Kafka no longer knows whether its offsets were committed");
    }
  }

  /** The commit is one step for all its partitions: one of them that has it says it for all. */
  private static Ledger.Verdict verdict(
      LeftSegment segment, Map<TopicPartition, OffsetAndMetadata> committed) {
    boolean known = true;
    for (OffsetAndMetadata each : committed.values()) {
      Ledger.Verdict verdict =
          Ledger.of(each)
              .map(ledger -> ledger.verdict(segment.id()))
              .orElse(Ledger.Verdict.UNKNOWN);
      if (verdict == Ledger.Verdict.COMMITTED) {
        return verdict;
      }
      known &= verdict == Ledger.Verdict.NOT_COMMITTED;
    }
    return known ? Ledger.Verdict.NOT_COMMITTED : Ledger.Verdict.UNKNOWN;
  }

  private static @Nullable Ranges ranges(LeftSegment segment) throws DamagedSegmentException {
    List<Ranges> found = new ArrayList<>();
    segment.read(payload -> {
      if (payload.kind() == PayloadKind.KAFKA_RANGES) {
        found.add(Ranges.parse(payload.bytes(), payload.offset(), payload.length()));
      }
    });
    return found.isEmpty() ? null : found.getLast();
  }

  private static void quarantine(LeftSegment segment, String reason) {
    log.error("cannot decide on segment {}: {}; it is kept in quarantine", segment.id(), reason);
    segment.quarantine(reason);
  }
}
