package io.lodge.decode.analytics;

import io.lodge.decode.BodyDecoder;
import io.lodge.decode.Decoded;
import io.lodge.decode.Decompressor.Body;
import io.lodge.decode.MalformedPayloadException;
import io.lodge.decode.json.BadJsonException;
import io.lodge.decode.json.JsonCursor;
import io.lodge.decode.json.JsonDeadLetters;
import io.lodge.decode.json.JsonRecords;
import io.lodge.decode.json.JsonRecords.Place;
import io.lodge.lane.AnalyticsLane;
import io.lodge.lane.Lanes;
import io.lodge.model.Payload;
import io.lodge.route.ProjectTokens;
import io.lodge.route.Rules;

/**
 * Product-analytics events, as rows of {@code FORMAT JSONEachRow} (lines or an array) or as SDKs
 * capture them → {@code analytics.events}.
 *
 * <p>A captured body is one event, a list of them, or an object whose {@code batch} is the list; an
 * {@code api_key} that the rules know, or that is a number, is the team of all that name no other.
 * Without one the team is the payload's tenant, if that is a number.
 *
 * <p>The dead letters get the reason of an event that cannot be stored, but not the event: what
 * cannot be read cannot be cleared of prompts and ids.
 */
public final class AnalyticsEvents implements BodyDecoder {
  private final EventFields event = new EventFields();
  private final EventReader reader;
  private final JsonCursor in;
  private final JsonRecords records;
  private final EventAppender appender;
  private final CaptureBody capture;
  private final boolean captured;

  private AnalyticsEvents(int recordBytesMax, Rules rules, boolean captured) {
    this.captured = captured;
    Pseudonyms pseudonyms = new Pseudonyms(rules.pseudonymKey());
    ProjectTokens tokens = captured ? rules.tokens() : ProjectTokens.NONE;
    reader = new EventReader(event, pseudonyms, tokens);
    capture = new CaptureBody(tokens);
    in = reader.cursor();
    records = new JsonRecords(in, recordBytesMax);
    appender = new EventAppender(event, pseudonyms, rules.retention());
  }

  /** For rows, as HIP-47's producers insert them. */
  public static AnalyticsEvents rows(int recordBytesMax, Rules rules) {
    return new AnalyticsEvents(recordBytesMax, rules, false);
  }

  /** For what SDKs send. */
  public static AnalyticsEvents capture(int recordBytesMax, Rules rules) {
    return new AnalyticsEvents(recordBytesMax, rules, true);
  }

  @Override
  public void decode(Body body, Payload payload, Lanes lanes, Decoded decoded)
      throws MalformedPayloadException {
    Events events = new Events(body, payload, lanes, decoded);
    if (captured) {
      Body list = capture.events(body);
      events.team = capture.teamOr(events.team);
      records.read(list, events);
    } else {
      records.read(body, events);
    }
    if (events.stored == 0 && decoded.rejected() > 0) {
      throw new MalformedPayloadException(events.firstBad, decoded.firstReason());
    }
    decoded.countStored(events.stored);
  }

  /** The events of one payload. */
  private final class Events implements JsonRecords.Reader {
    private final Body body;
    private final Payload payload;
    private final AnalyticsLane lane;
    private final Decoded decoded;
    private final JsonDeadLetters deadLetters;
    private long team;
    private int stored;
    private int firstBad;

    Events(Body body, Payload payload, Lanes lanes, Decoded decoded) {
      this.body = body;
      this.payload = payload;
      this.decoded = decoded;
      lane = lanes.analytics();
      deadLetters = new JsonDeadLetters(payload, lanes, decoded, body.offset());
      team = CaptureBody.number(payload.tenant(), 0);
    }

    @Override
    public void read(JsonCursor from) throws BadJsonException {
      reader.read();
      if (event.teamId == 0) {
        event.teamId = event.tokenTeam == ProjectTokens.UNKNOWN ? team : event.tokenTeam;
      }
      if (captured && !event.has(Text.EVENT)) {
        throw new BadJsonException("no_event", from.at(), "the event has no name");
      }
    }

    @Override
    public void store(Place place) {
      appender.append(
          lane,
          payload,
          decoded,
          in.bytes(),
          place.from(),
          place.length(),
          place.from() - body.offset());
      decoded.countRemoved(reader.removed());
      stored++;
    }

    @Override
    public void reject(BadJsonException why, Place place) {
      if (decoded.rejected() == 0) {
        firstBad = place.from() - body.offset();
      }
      deadLetters.putWithoutContent(why, in.bytes(), place);
    }
  }
}
