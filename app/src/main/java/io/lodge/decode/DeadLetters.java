package io.lodge.decode;

import io.lodge.lane.DeadLettersLane;
import io.lodge.lane.Lanes;
import io.lodge.model.Payload;
import java.nio.charset.StandardCharsets;

/** Makes dead letters of records of one payload; the others of it are stored. */
public final class DeadLetters {
  private static final byte[] NOTHING = {};

  private final Payload payload;
  private final Lanes lanes;
  private final Decoded decoded;

  public DeadLetters(Payload payload, Lanes lanes, Decoded decoded) {
    this.payload = payload;
    this.lanes = lanes;
    this.decoded = decoded;
  }

  /** Where a record lies as received: an index and a length in an array, an offset in the body. */
  public record Raw(byte[] array, int from, int length, int bodyOffset) {}

  /**
   * Keeps what cannot be stored.
   *
   * @param reason one word for a machine
   * @param detail a sentence for a person; the client is told the first one
   * @param records how many records are in it: at least one
   */
  public void add(String reason, String detail, long records, Raw raw) {
    add(reason, detail, records, raw, NOTHING, 0, 0);
  }

  /** The same of a record that lay in something: these bytes, as its kind has them. */
  public void add(
      String reason,
      String detail,
      long records,
      Raw raw,
      byte[] parent,
      int parentFrom,
      int parentLength) {
    DeadLettersLane letters = lanes.deadLetters();
    letters.receivedAt.putLong(payload.receivedUnixNanos());
    byte[] kind = payload.kind().label().getBytes(StandardCharsets.US_ASCII);
    letters.kind.put(kind, 0, kind.length);
    byte[] word = reason.getBytes(StandardCharsets.UTF_8);
    letters.reason.put(word, 0, word.length);
    byte[] sentence = detail.getBytes(StandardCharsets.UTF_8);
    letters.detail.put(sentence, 0, sentence.length);
    byte[] tenant = payload.tenant().getBytes(StandardCharsets.UTF_8);
    letters.tenant.put(tenant, 0, tenant.length);
    letters.serviceName.putKey(0, 1);
    letters.record.put(raw.array(), raw.from(), raw.length());
    letters.recordOffset.putLong(raw.bodyOffset());
    byte[] context = payload.context().getBytes(StandardCharsets.UTF_8);
    letters.context.put(context, 0, context.length);
    letters.target.putKey(0, 1);
    letters.resource.putKey(0, 1);
    letters.scope.putKey(0, 1);
    letters.parent.put(parent, parentFrom, parentLength);
    decoded.countRejected(detail, records);
  }
}
