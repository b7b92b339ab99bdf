package io.lodge;

import io.lodge.decode.BodyTooLargeException;
import io.lodge.decode.Decoded;
import io.lodge.decode.DecoderLimits;
import io.lodge.decode.MalformedPayloadException;
import io.lodge.decode.PayloadDecoder;
import io.lodge.decode.letter.LetterRequest;
import io.lodge.lane.Lanes;
import io.lodge.model.ContentEncoding;
import io.lodge.model.Payload;
import io.lodge.route.Rules;
import java.util.function.Supplier;

/** Says what would come of a request, by decoding it for nothing. */
final class LetterTrial {
  private final DecoderLimits limits;
  private final Supplier<Rules> rules;

  /**
   * @param limits those of the gateway
   * @param rules those in force
   */
  LetterTrial(DecoderLimits limits, Supplier<Rules> rules) {
    this.limits = limits;
    this.rules = rules;
  }

  /** Tries requests under the rules of now. For one thread. */
  One begin() {
    return new One(new PayloadDecoder(limits, rules.get()));
  }

  /** Some requests that are tried one after the other. */
  static final class One {
    private final PayloadDecoder decoder;
    private final Lanes lanes = new Lanes();
    private final Decoded decoded = Decoded.unanswered();

    private One(PayloadDecoder decoder) {
      this.decoder = decoder;
    }

    /** Why it would not be stored; empty if it would. */
    String problem(LetterRequest.Whole request, String tenant, long receivedUnixNanos) {
      byte[] body = request.body();
      decoded.reset();
      try {
        decoder.decode(
            new Payload(
                request.kind(),
                ContentEncoding.IDENTITY,
                tenant,
                request.context(),
                receivedUnixNanos,
                body,
                0,
                body.length),
            lanes,
            decoded);
        return decoded.rejected() > 0 ? decoded.firstReason() : "";
      } catch (MalformedPayloadException | BodyTooLargeException e) {
        return String.valueOf(e.getMessage());
      } finally {
        lanes.clear();
      }
    }
  }
}
