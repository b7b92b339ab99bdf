package io.lodge.decode.events;

import io.lodge.decode.BodyDecoder;
import io.lodge.decode.Decoded;
import io.lodge.decode.Decompressor.Body;
import io.lodge.decode.MalformedPayloadException;
import io.lodge.decode.json.BadJsonException;
import io.lodge.decode.json.JsonCursor;
import io.lodge.decode.json.JsonFields;
import io.lodge.decode.json.JsonRecords;
import io.lodge.lane.Lanes;
import io.lodge.model.Payload;
import io.lodge.route.Routing;

/**
 * Elasticsearch's {@code _bulk}: pairs of lines, what to do and a document → wide events. The
 * dataset is the index, from the action or else the payload's context; a given {@code _id} is a
 * label. Documents are only added: {@code update} and {@code delete} are errors of their item.
 *
 * <p>As in Elasticsearch a bad document costs its item, and a bad action line the request. Source:
 * Elasticsearch 8, "Bulk API".
 */
public final class ElasticsearchBulk implements BodyDecoder {
  private final int recordBytesMax;
  private final JsonFields fields = new JsonFields();
  private final JsonCursor in = fields.cursor();
  private final EventRows rows;
  private final BulkAction action = new BulkAction(fields);

  /**
   * @param recordBytesMax larger documents go to the dead letters
   * @param routing what becomes of the others
   */
  public ElasticsearchBulk(int recordBytesMax, Routing routing) {
    this.recordBytesMax = recordBytesMax;
    rows = new EventRows(fields, routing);
  }

  @Override
  public void decode(Body body, Payload payload, Lanes lanes, Decoded decoded)
      throws MalformedPayloadException {
    fields.beginBody();
    BulkItems items = new BulkItems(body, payload, lanes, decoded, rows);
    byte[] bytes = body.bytes();
    int end = body.offset() + body.length();
    int at = body.offset();
    while (at < end) {
      in.reset(bytes, at, end, true);
      if (in.peek() < 0) {
        at = in.at() + 1; // an empty line
        continue;
      }
      at = item(items, body, in.at());
    }
    items.end();
  }

  /** Reads the item whose action begins here; returns where the next may begin. */
  private int item(BulkItems items, Body body, int from) throws MalformedPayloadException {
    int start = body.offset();
    int end = start + body.length();
    byte[] bytes = body.bytes();
    try {
      action.read(items.context());
    } catch (BadJsonException bad) {
      throw new MalformedPayloadException(
          bad.at() - start, "malformed action/metadata line: " + bad.detail());
    }
    int behindAction = in.at() + 1;
    if (!action.hasDocument()) {
      items.unsupported(action, bytes, from, in.at() - from);
      return behindAction;
    }
    if (behindAction >= end) {
      throw new MalformedPayloadException(
          end - start, "the bulk request ends behind an action: its document is missing");
    }
    in.reset(bytes, behindAction, end, true);
    in.peek();
    int documentFrom = in.at();
    if (!action.adds()) {
      int to = JsonRecords.lineEnd(bytes, documentFrom, end);
      items.unsupported(action, bytes, documentFrom, to - documentFrom);
      return to + 1;
    }
    try {
      fields.readMore();
      int length = in.at() - documentFrom;
      if (in.peek() >= 0) {
        throw in.unexpected("the end of the line");
      }
      if (length > recordBytesMax) {
        throw BadJsonException.tooLarge(documentFrom, length, recordBytesMax);
      }
      int next = in.at() + 1;
      items.store(action, documentFrom, length);
      return next;
    } catch (BadJsonException bad) {
      int to = JsonRecords.lineEnd(bytes, documentFrom, end);
      items.reject(action, bad, bytes, documentFrom, to - documentFrom);
      return to + 1;
    }
  }
}
