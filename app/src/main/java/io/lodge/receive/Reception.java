package io.lodge.receive;

import io.lodge.base.BufferPool;
import io.lodge.base.ByteBudget;
import io.lodge.base.net.KeyCheck;
import io.lodge.ingest.Intake;
import io.lodge.ingest.Refusal;
import java.util.function.LongSupplier;

/**
 * What every receiving listener works with.
 *
 * @param intake where payloads go
 * @param keys whose key was presented
 * @param budget memory for bodies in flight, from their first byte to their outcome; shared by all
 *     listeners
 * @param buffers where that memory comes from
 * @param limits what one request may take
 * @param metrics what is counted
 * @param unixNanos the clock: nanoseconds since 1970
 */
public record Reception(
    Intake intake,
    KeyCheck keys,
    ByteBudget budget,
    BufferPool buffers,
    Limits limits,
    ReceiveMetrics metrics,
    LongSupplier unixNanos) {

  /** The same for a listener whose payloads go another way. */
  public Reception with(Intake other) {
    return new Reception(other, keys, budget, buffers, limits, metrics, unixNanos);
  }

  /** Enters a refused request into the delivery ledger, unless it may be kept. */
  void refused(String tenant, String protocol, Reply.Refused reply) {
    if (reply.reason() != Reason.MAYBE_KEPT) {
      refused(tenant, protocol, reply.word());
    }
  }

  /** The same of a request that was refused before anything was known but who listens. */
  void refused(Protocol protocol, String word) {
    refused("", protocol.label, word);
  }

  private void refused(String tenant, String protocol, String word) {
    intake.refused(new Refusal(tenant, protocol, word, unixNanos.getAsLong()));
  }
}
