package io.lodge.decode.events;

import io.lodge.block.ByteSink;
import io.lodge.decode.BodyDecoder;
import io.lodge.decode.Decoded;
import io.lodge.decode.Decompressor.Body;
import io.lodge.decode.MalformedPayloadException;
import io.lodge.decode.json.BadJsonException;
import io.lodge.decode.json.JsonCursor;
import io.lodge.decode.json.JsonDeadLetters;
import io.lodge.decode.json.JsonFields;
import io.lodge.decode.json.JsonQuotes;
import io.lodge.decode.json.JsonRecords;
import io.lodge.decode.json.JsonRecords.Place;
import io.lodge.lane.Lanes;
import io.lodge.lane.WideEventsLane;
import io.lodge.model.Payload;
import io.lodge.route.Routing;
import java.nio.charset.StandardCharsets;

/**
 * JSON objects of any fields, as lines, as an array or alone → wide events. The payload's context
 * is the dataset.
 *
 * <p>In the answer's items stands, for the first that were rejected, {@code
 * {"line":3,"reason":"…","detail":"…"}}, with commas between.
 */
public final class JsonEvents implements BodyDecoder {
  /** Rejected records that the answer tells about: enough to see what is wrong. */
  private static final int ITEMS_MAX = 10;

  private final JsonFields fields = new JsonFields();
  private final JsonCursor in = fields.cursor();
  private final JsonRecords records;
  private final EventRows rows;

  /**
   * @param recordBytesMax larger events go to the dead letters
   * @param routing what becomes of the others
   */
  public JsonEvents(int recordBytesMax, Routing routing) {
    rows = new EventRows(fields, routing);
    records = new JsonRecords(in, recordBytesMax);
  }

  @Override
  public void decode(Body body, Payload payload, Lanes lanes, Decoded decoded)
      throws MalformedPayloadException {
    fields.beginBody();
    Events events = new Events(body, payload, lanes, decoded);
    records.read(body, events);
    events.end();
  }

  /** The events of one payload. */
  private final class Events implements JsonRecords.Reader {
    private final Payload payload;
    private final WideEventsLane lane;
    private final Decoded decoded;
    private final JsonDeadLetters deadLetters;
    private final byte[] dataset;
    private final int bodyFrom;
    private int stored;
    private int rejected;

    Events(Body body, Payload payload, Lanes lanes, Decoded decoded) {
      this.payload = payload;
      this.decoded = decoded;
      lane = lanes.wideEvents();
      deadLetters = new JsonDeadLetters(payload, lanes, decoded, body.offset());
      dataset = payload.context().getBytes(StandardCharsets.UTF_8);
      bodyFrom = body.offset();
      rows.beginPayload(payload, decoded);
      rows.dataset(dataset);
    }

    @Override
    public void read(JsonCursor from) throws BadJsonException {
      fields.read();
    }

    @Override
    public void store(Place place) {
      int offset = place.from() - bodyFrom;
      if (rows.append(lane, payload, decoded, place.from(), place.length(), offset)) {
        stored++;
      }
    }

    @Override
    public void reject(BadJsonException why, Place place) {
      deadLetters.put(why, in.bytes(), place);
      ByteSink items = decoded.items();
      if (items != null && rejected < ITEMS_MAX) {
        JsonQuotes.putText(items, rejected == 0 ? "{\"line\":" : ",{\"line\":");
        JsonQuotes.putText(items, Integer.toString(place.number()));
        JsonQuotes.putText(items, ",\"reason\":");
        JsonQuotes.putQuoted(items, why.reason());
        JsonQuotes.putText(items, ",\"detail\":");
        JsonQuotes.putQuoted(items, deadLetters.detail(why));
        items.putByte('}');
      }
      rejected++;
    }

    /** Appends the columns that are the same for all rows. */
    void end() {
      byte[] tenant = payload.tenant().getBytes(StandardCharsets.UTF_8);
      if (stored > 0) {
        lane.dataset.putKey(lane.dataset.keyOf(dataset, 0, dataset.length), stored);
        lane.tenant.putKey(lane.tenant.keyOf(tenant, 0, tenant.length), stored);
        lane.receivedAt.fillLongs(payload.receivedUnixNanos(), stored);
        decoded.countStored(stored);
      }
    }
  }
}
