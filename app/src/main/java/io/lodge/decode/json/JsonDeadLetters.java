package io.lodge.decode.json;

import io.lodge.decode.Decoded;
import io.lodge.decode.json.JsonRecords.Place;
import io.lodge.lane.DeadLettersLane;
import io.lodge.lane.Lanes;
import io.lodge.model.Payload;
import java.nio.charset.StandardCharsets;

/** Appends records that cannot be stored where they belong. One per payload. */
public final class JsonDeadLetters {
  private static final byte[] NOTHING = {};

  private final Payload payload;
  private final Lanes lanes;
  private final Decoded decoded;
  private final int bodyFrom;

  /**
   * @param bodyFrom where the body begins in its array
   */
  public JsonDeadLetters(Payload payload, Lanes lanes, Decoded decoded, int bodyFrom) {
    this.payload = payload;
    this.lanes = lanes;
    this.decoded = decoded;
    this.bodyFrom = bodyFrom;
  }

  /** Keeps the record's bytes with the reason. */
  public void put(BadJsonException why, byte[] body, Place place) {
    put(why, body, place.from(), place.length());
  }

  /** Keeps the reason alone: of a record that must not be kept as it is. */
  public void putWithoutContent(BadJsonException why, byte[] body, Place place) {
    put(why, body, place.from(), 0);
  }

  /** Keeps a slice of the body with the reason. */
  public void put(BadJsonException why, byte[] body, int from, int length) {
    put(why, body, from, length, NOTHING);
  }

  /** The same of a record that lay in something: these bytes, as its kind has them. */
  public void put(BadJsonException why, byte[] body, int from, int length, byte[] parent) {
    DeadLettersLane lane = lanes.deadLetters();
    byte[] kind = payload.kind().label().getBytes(StandardCharsets.UTF_8);
    byte[] reason = why.reason().getBytes(StandardCharsets.UTF_8);
    byte[] detail = detail(why).getBytes(StandardCharsets.UTF_8);
    byte[] tenant = payload.tenant().getBytes(StandardCharsets.UTF_8);
    lane.receivedAt.putLong(payload.receivedUnixNanos());
    lane.kind.put(kind, 0, kind.length);
    lane.reason.put(reason, 0, reason.length);
    lane.detail.put(detail, 0, detail.length);
    lane.tenant.put(tenant, 0, tenant.length);
    lane.serviceName.put(tenant, 0, 0);
    lane.record.put(body, from, length);
    lane.recordOffset.putLong(from - bodyFrom);
    byte[] context = payload.context().getBytes(StandardCharsets.UTF_8);
    lane.context.put(context, 0, context.length);
    lane.target.putKey(0, 1);
    lane.resource.putKey(0, 1);
    lane.scope.putKey(0, 1);
    lane.parent.put(parent, 0, parent.length);
    decoded.countRejected(why.reason() + ": " + detail(why));
  }

  /** What is wrong, and where in the decompressed body. */
  public String detail(BadJsonException why) {
    return "at byte %d: %s".formatted(why.at() - bodyFrom, why.detail());
  }
}
