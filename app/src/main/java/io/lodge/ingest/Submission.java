package io.lodge.ingest;

import io.lodge.model.Outcome;
import io.lodge.model.Payload;
import java.util.concurrent.CompletableFuture;

/** A payload on its way through a shard, and the promise of what became of it. */
record Submission(Payload payload, CompletableFuture<Outcome> outcome) {
  Submission(Payload payload) {
    this(payload, new CompletableFuture<>());
  }
}
