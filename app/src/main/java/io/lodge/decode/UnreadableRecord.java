package io.lodge.decode;

import io.lodge.decode.Decompressor.Body;
import io.lodge.lane.DeadLettersLane;
import io.lodge.lane.Lanes;
import io.lodge.model.Payload;
import java.nio.charset.StandardCharsets;

/**
 * A whole record that its own decoder refused, from a source that would hand it out for ever: a
 * dead letter. The context is its reason, a word, and the detail: {@code malformed orders/3/42: …}.
 */
final class UnreadableRecord implements BodyDecoder {

  @Override
  public void decode(Body body, Payload payload, Lanes lanes, Decoded decoded) {
    int space = Math.max(0, payload.context().indexOf(' '));
    byte[] context = payload.context().getBytes(StandardCharsets.UTF_8);
    byte[] kind = payload.kind().label().getBytes(StandardCharsets.US_ASCII);
    byte[] tenant = payload.tenant().getBytes(StandardCharsets.UTF_8);
    int detail = Math.min(context.length, space + 1);
    DeadLettersLane letters = lanes.deadLetters();
    letters.receivedAt.putLong(payload.receivedUnixNanos());
    letters.kind.put(kind, 0, kind.length);
    letters.reason.put(context, 0, space);
    letters.detail.put(context, detail, context.length - detail);
    letters.tenant.put(tenant, 0, tenant.length);
    letters.serviceName.put(context, 0, 0);
    letters.record.put(body.bytes(), body.offset(), body.length());
    letters.recordOffset.putLong(0);
    letters.context.put(context, 0, context.length);
    letters.putNoSource();
    decoded.countRejected(payload.context());
  }
}
