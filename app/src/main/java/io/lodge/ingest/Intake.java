package io.lodge.ingest;

import io.lodge.model.Outcome;
import io.lodge.model.Payload;
import java.util.concurrent.CompletableFuture;

/** Where listeners hand over payloads. */
public interface Intake {

  /**
   * Decodes the payload, makes it durable and says what became of it. Never blocks and never
   * throws: when there is no room the outcome is {@link Outcome.RetryLater}.
   *
   * @return completes, on a pipeline thread, once the outcome is final; only exceptionally if the
   *     gateway is going down
   */
  CompletableFuture<Outcome> submit(Payload payload);

  /** Notes that a client was told that its request is not accepted. Never blocks for long. */
  default void refused(Refusal refusal) {}
}
