package io.lodge.kafka;

import io.lodge.journal.SegmentId;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.jspecify.annotations.Nullable;

/**
 * What a partition's committed offset says beside the offset: of each gateway the last segment
 * whose commit reached it. As text: {@code lodge1 SEGMENT SEGMENT …}, the latest gateway last.
 *
 * <p>Kafka replaces offset and text in one step and only for a member of the group's present
 * generation. So the text decides, for ever, which segments were committed.
 *
 * @param last one for each gateway
 */
record Ledger(List<SegmentId> last) {
  static final Ledger NEW = new Ledger(List.of());

  private static final String VERSION = "lodge1";

  /**
   * Gateways remembered. Kafka takes 4096 bytes ({@code offset.metadata.max.bytes}), an entry has
   * 31: a gateway is forgotten when so many others have committed since.
   */
  static final int GATEWAYS_MAX = 64;

  /** What to do with a segment that was not seen to be committed. */
  enum Verdict {
    COMMITTED,
    NOT_COMMITTED,
    UNKNOWN
  }

  /** The ledger of a committed offset; empty if there is none, or something else wrote it. */
  static Optional<Ledger> of(@Nullable OffsetAndMetadata committed) {
    if (committed == null) {
      return Optional.empty();
    }
    String[] words = committed.metadata().split(" ", -1);
    if (!words[0].equals(VERSION)) {
      return Optional.empty();
    }
    List<SegmentId> last = new ArrayList<>();
    for (int i = 1; i < words.length; i++) {
      Optional<SegmentId> id = SegmentId.parse(words[i]);
      if (id.isEmpty()) {
        return Optional.empty();
      }
      last.add(id.get());
    }
    return Optional.of(new Ledger(last));
  }

  String toText() {
    StringBuilder text = new StringBuilder(VERSION);
    last.forEach(id -> text.append(' ').append(id));
    return text.toString();
  }

  /** With this segment as its gateway's last. */
  Ledger with(SegmentId segment) {
    List<SegmentId> next =
        new ArrayList<>(last.stream().filter(id -> id.gateway() != segment.gateway()).toList());
    next.add(segment);
    int excess = Math.max(0, next.size() - GATEWAYS_MAX);
    return new Ledger(List.copyOf(next.subList(excess, next.size())));
  }

  /** Whether this segment was committed. A gateway commits its segments in their order. */
  Verdict verdict(SegmentId segment) {
    for (SegmentId id : last) {
      if (id.gateway() == segment.gateway()) {
        return id.compareTo(segment) >= 0 ? Verdict.COMMITTED : Verdict.NOT_COMMITTED;
      }
    }
    return last.size() < GATEWAYS_MAX ? Verdict.NOT_COMMITTED : Verdict.UNKNOWN;
  }
}
