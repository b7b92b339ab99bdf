package io.lodge.ingest;

import io.lodge.model.Ack;
import io.lodge.model.Outcome;
import io.lodge.model.Payload;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;

/**
 * A payload on its way through a shard, and the promise of what became of it.
 *
 * @param ack what must be true before the promise is kept
 * @param ackTimeout how long that may take where it is more than the disk
 */
record Submission(
    Payload payload, Ack ack, Duration ackTimeout, CompletableFuture<Outcome> outcome) {

  /** One that is accepted once it is on disk. */
  Submission(Payload payload) {
    this(payload, Ack.DISK, Duration.ZERO);
  }

  Submission(Payload payload, Ack ack, Duration ackTimeout) {
    this(payload, ack, ackTimeout, new CompletableFuture<>());
  }
}
