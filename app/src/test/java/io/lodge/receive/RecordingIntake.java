package io.lodge.receive;

import io.lodge.ingest.Intake;
import io.lodge.model.Outcome;
import io.lodge.model.Payload;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Function;

/** Keeps a copy of what it is given and decides as it is told. */
final class RecordingIntake implements Intake {
  final List<Payload> payloads = new CopyOnWriteArrayList<>();
  volatile Function<Payload, CompletableFuture<Outcome>> decide =
      payload -> CompletableFuture.completedFuture(new Outcome.Accepted(1, 0, ""));

  void decide(Outcome outcome) {
    decide = payload -> CompletableFuture.completedFuture(outcome);
  }

  @Override
  public CompletableFuture<Outcome> submit(Payload p) {
    byte[] copy = Arrays.copyOfRange(p.bytes(), p.offset(), p.offset() + p.length());
    payloads.add(
        new Payload(
            p.kind(),
            p.encoding(),
            p.tenant(),
            p.context(),
            p.receivedUnixNanos(),
            copy,
            0,
            copy.length));
    return decide.apply(p);
  }
}
