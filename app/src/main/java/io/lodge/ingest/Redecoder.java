package io.lodge.ingest;

import io.lodge.decode.BodyTooLargeException;
import io.lodge.decode.Decoded;
import io.lodge.decode.DecoderLimits;
import io.lodge.decode.MalformedPayloadException;
import io.lodge.decode.PayloadDecoder;
import io.lodge.journal.ClosedSegment;
import io.lodge.journal.DamagedSegmentException;
import io.lodge.journal.RulesId;
import io.lodge.lane.Lanes;
import io.lodge.model.Payload;
import io.lodge.route.Rules;
import java.util.Optional;

/**
 * Decodes segments again, under the limits and rules they were accepted under. Decoding is a pure
 * function of the segment: this gives the blocks of the first time, and the same whenever it is
 * done. Only the labels of series, of which fresh blocks leave out what was written just before,
 * are all there, in a block of another name. One thread.
 */
final class Redecoder {
  private final RulesInForce rules;
  private final IngestCounters counters;
  private final Decoded decoded = Decoded.unanswered();
  private DecoderLimits decoderLimits;
  private RulesId decoderRules;
  private PayloadDecoder decoder;

  Redecoder(DecoderLimits limits, RulesInForce rules, IngestCounters counters) {
    this.rules = rules;
    this.counters = counters;
    decoderLimits = limits;
    decoderRules = rules.current().id();
    decoder = new PayloadDecoder(limits, rules.current().rules());
  }

  /**
   * Makes ready for a segment.
   *
   * @return why this build cannot decode it as it was; empty if it can
   */
  Optional<String> prepare(ClosedSegment segment) {
    Optional<DecoderLimits> limits = DecoderLimits.ofStamp(segment.decoderRevision());
    if (limits.isEmpty()) {
      // Its blocks may be stored in part, and this build may cut them otherwise.
      return Optional.of(
          "another revision of the decoder wrote it; drain it with the build that did");
    }
    Optional<Rules> acceptedUnder = rules.of(segment.rules());
    if (acceptedUnder.isEmpty()) {
      return Optional.of(
          "its rules " + segment.rules().hex() + " are gone, damaged or of a newer build");
    }
    use(limits.get(), segment.rules(), acceptedUnder.get());
    return Optional.empty();
  }

  private void use(DecoderLimits limits, RulesId id, Rules acceptedUnder) {
    if (!limits.equals(decoderLimits) || !id.equals(decoderRules) || id.equals(RulesId.LOST)) {
      decoderLimits = limits;
      decoderRules = id;
      decoder = new PayloadDecoder(limits, acceptedUnder);
    }
  }

  /** Fills empty lanes with the segment that was prepared for. */
  void decode(ClosedSegment segment, Lanes lanes) throws DamagedSegmentException {
    lanes.replay();
    segment.read(payload -> decode(payload, lanes));
    counters.ledger().sending(segment, lanes.tally());
    Shipments.account(segment.id(), lanes);
  }

  private void decode(Payload payload, Lanes lanes)
      throws MalformedPayloadException, BodyTooLargeException {
    decoded.reset();
    lanes.mark();
    decoder.decode(payload, lanes, decoded);
    lanes.count(payload, decoded.stored(), decoded.rejected(), decoded.dropped());
    counters.recordsReplayed.add(decoded.stored());
  }
}
