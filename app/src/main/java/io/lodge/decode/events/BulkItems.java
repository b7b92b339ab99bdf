package io.lodge.decode.events;

import io.lodge.block.ByteSink;
import io.lodge.decode.Decoded;
import io.lodge.decode.Decompressor.Body;
import io.lodge.decode.TooManyRowsException;
import io.lodge.decode.json.BadJsonException;
import io.lodge.decode.json.JsonDeadLetters;
import io.lodge.decode.json.JsonQuotes;
import io.lodge.lane.Lanes;
import io.lodge.lane.WideEventsLane;
import io.lodge.model.Payload;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * The items of one bulk request: appended as rows or dead letters, and answered each in its place,
 * with commas between, as Elasticsearch does.
 */
final class BulkItems {
  /** Most items of one request: each is answered on its own. Part of the decoder's revision. */
  private static final int ITEMS_MAX = 50_000;

  private final Payload payload;
  private final WideEventsLane lane;
  private final Decoded decoded;
  private final JsonDeadLetters deadLetters;
  private final EventRows rows;
  private final byte[] context;
  private final int bodyFrom;
  private int stored;
  private int items;

  BulkItems(Body body, Payload payload, Lanes lanes, Decoded decoded, EventRows rows) {
    this.payload = payload;
    this.decoded = decoded;
    this.rows = rows;
    lane = lanes.wideEvents();
    deadLetters = new JsonDeadLetters(payload, lanes, decoded, body.offset());
    bodyFrom = body.offset();
    rows.beginPayload(payload, decoded);
    context = payload.context().getBytes(StandardCharsets.UTF_8);
  }

  /** The index that the request's path names. */
  byte[] context() {
    return context;
  }

  /**
   * Appends the document that was read last. One that a rule drops is answered like the others.
   *
   * @param from the index of the document in the body's array
   */
  void store(BulkAction action, int from, int length) {
    rows.dataset(action.index());
    if (rows.append(lane, payload, decoded, from, length, from - bodyFrom)) {
      lane.dataset.put(action.index(), 0, action.index().length);
      stored++;
    }
    ByteSink answer = begin(action);
    if (answer != null) {
      JsonQuotes.putText(
          answer,
          ",\"_version\":1,\"result\":\"created\",\"_shards\":{\"total\":1,\"successful\":1,"
              + "\"failed\":0},\"_seq_no\":0,\"_primary_term\":1,\"status\":201}}");
    }
  }

  /** Keeps a document that cannot be stored. */
  void reject(BulkAction action, BadJsonException why, byte[] body, int from, int length) {
    reject(action, why, "document_parsing_exception", body, from, length);
  }

  /** Keeps what an action would do that events do not know. */
  void unsupported(BulkAction action, byte[] body, int from, int length) {
    var why =
        new BadJsonException(
            "unsupported_action",
            from,
            "cannot %s a document: events are only added; send create or index"
                .formatted(action.word()));
    reject(action, why, "illegal_argument_exception", body, from, length);
  }

  private void reject(
      BulkAction action, BadJsonException why, String type, byte[] body, int from, int length) {
    deadLetters.put(why, body, from, length, action.index());
    ByteSink answer = begin(action);
    if (answer != null) {
      JsonQuotes.putText(
          answer, ",\"status\":400,\"error\":{\"type\":\"" + type + "\",\"reason\":");
      JsonQuotes.putQuoted(answer, deadLetters.detail(why));
      JsonQuotes.putText(answer, "}}}");
    }
  }

  /** Begins the next item of the answer; null if nobody waits for one. */
  private @Nullable ByteSink begin(BulkAction action) {
    if (++items > ITEMS_MAX) {
      throw new TooManyRowsException("items", ITEMS_MAX);
    }
    ByteSink answer = decoded.items();
    if (answer == null) {
      return null;
    }
    JsonQuotes.putText(answer, items == 1 ? "{\"" : ",{\"");
    JsonQuotes.putText(answer, action.word());
    JsonQuotes.putText(answer, "\":{\"_index\":");
    JsonQuotes.putQuoted(answer, action.index(), 0, action.index().length);
    JsonQuotes.putText(answer, ",\"_id\":");
    JsonQuotes.putQuoted(answer, action.id().isEmpty() ? madeUpId() : action.id());
    return answer;
  }

  /** Elasticsearch gives an id to a document without one; nobody can ask for it here. */
  private String madeUpId() {
    return Long.toString(payload.receivedUnixNanos(), Character.MAX_RADIX) + "-" + items;
  }

  /** Appends the columns that are the same for all rows. */
  void end() {
    byte[] tenant = payload.tenant().getBytes(StandardCharsets.UTF_8);
    if (stored > 0) {
      lane.tenant.putKey(lane.tenant.keyOf(tenant, 0, tenant.length), stored);
      lane.receivedAt.fillLongs(payload.receivedUnixNanos(), stored);
      decoded.countStored(stored);
    }
  }
}
