package io.lodge.decode;

import io.lodge.decode.Decompressor.Body;
import io.lodge.decode.letter.Replay;
import io.lodge.lane.Lanes;
import io.lodge.lane.ReplaysLane;
import io.lodge.model.ContentEncoding;
import io.lodge.model.Payload;
import io.lodge.model.PayloadKind;
import java.nio.charset.StandardCharsets;
import java.util.function.Function;

/**
 * A dead letter that is sent again: its record's rows, and in the same segment the row that says
 * so. The two are durable together, so that no crash can part them.
 */
final class ReplayedLetter implements BodyDecoder {
  private final Function<PayloadKind, BodyDecoder> decoders;

  ReplayedLetter(Function<PayloadKind, BodyDecoder> decoders) {
    this.decoders = decoders;
  }

  @Override
  public void decode(Body body, Payload payload, Lanes lanes, Decoded decoded)
      throws MalformedPayloadException {
    Replay replay;
    try {
      replay = Replay.parse(payload.context(), body.bytes(), body.offset(), body.length());
    } catch (IllegalArgumentException e) {
      throw new MalformedPayloadException(0, "no dead letter: " + e.getMessage());
    }
    byte[] request = replay.request().body();
    if (replay.request().kind() == PayloadKind.DEAD_LETTER) {
      throw new MalformedPayloadException(0, "a dead letter in a dead letter");
    }
    Payload again =
        new Payload(
            replay.request().kind(),
            ContentEncoding.IDENTITY,
            payload.tenant(),
            replay.request().context(),
            replay.receivedUnixNanos(),
            request,
            0,
            request.length);
    decoders
        .apply(again.kind())
        .decode(new Body(request, 0, request.length), again, lanes, decoded);
    put(replay, payload, lanes.replays(), decoded);
  }

  private static void put(Replay replay, Payload payload, ReplaysLane lane, Decoded decoded) {
    String outcome =
        decoded.rejected() > 0 ? "rejected" : decoded.stored() > 0 ? "stored" : "dropped";
    byte[] letter = replay.letter().getBytes(StandardCharsets.UTF_8);
    byte[] gateway = replay.gateway().getBytes(StandardCharsets.UTF_8);
    byte[] word = outcome.getBytes(StandardCharsets.US_ASCII);
    byte[] detail = decoded.firstReason().getBytes(StandardCharsets.UTF_8);
    lane.letter.put(letter, 0, letter.length);
    lane.at.putLong(payload.receivedUnixNanos());
    lane.gateway.put(gateway, 0, gateway.length);
    lane.outcome.put(word, 0, word.length);
    lane.detail.put(detail, 0, detail.length);
  }
}
