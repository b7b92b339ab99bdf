package io.lodge.journal;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;

/**
 * What must be done with objects whose segments are decided on. Whoever decides does not wait for
 * the bucket; what is not done when the process ends is decided again by the next one. As many as
 * segments are fetched before they are done, which {@link SegmentBucket#fetch} bounds, and as tries
 * to move a segment have failed, which pause between each other. Thread-safe.
 */
final class BucketDuties {

  /** One of them. */
  sealed interface Duty {
    SegmentInBucket object();
  }

  /** ClickHouse has it. */
  record Delete(SegmentInBucket object) implements Duty {}

  /** It cannot be delivered. */
  record Quarantine(SegmentInBucket object, String reason) implements Duty {}

  /**
   * It may be there, for all that is known, and was never counted.
   *
   * @param reason why it is to be put aside; empty if it is to be deleted
   */
  record Orphan(SegmentInBucket object, Optional<String> reason) implements Duty {}

  private final Deque<Duty> waiting = new ArrayDeque<>();

  synchronized void add(Duty duty) {
    waiting.add(duty);
  }

  /** The next; it stays until it is {@linkplain #done done}. */
  synchronized Optional<Duty> next() {
    return Optional.ofNullable(waiting.peek());
  }

  synchronized void done(Duty duty) {
    waiting.remove(duty);
  }

  /** Whether the object of a segment is to go: no other may take its name before. */
  synchronized boolean isAbout(SegmentId id) {
    return waiting.stream().anyMatch(duty -> duty.object().id().equals(id));
  }

  /** Whether an object is to be put aside. */
  synchronized boolean hasQuarantine() {
    return waiting.stream()
        .anyMatch(duty ->
            switch (duty) {
              case Delete _ -> false;
              case Quarantine _ -> true;
              case Orphan orphan -> orphan.reason().isPresent();
            });
  }

  synchronized int size() {
    return waiting.size();
  }
}
