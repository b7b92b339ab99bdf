package io.lodge.decode.analytics;

import io.lodge.block.ByteSink;
import io.lodge.decode.json.BadJsonException;
import io.lodge.decode.json.JsonCursor;
import io.lodge.decode.json.JsonNumbers;
import io.lodge.decode.json.JsonTime;
import io.lodge.route.ProjectTokens;
import java.util.Locale;

/**
 * Reads one event: an object whose members are HIP-47's columns, of which SDKs send a few. {@code
 * properties} may be an object, or a string that holds one. Other members are passed over, as
 * ClickHouse does. Reused; belongs to one thread.
 */
final class EventReader {
  /** The members that are no text columns. */
  private enum Member {
    UUID,
    TEAM_ID,
    TIMESTAMP,
    CREATED_AT,
    PROPERTIES,
    TOKEN
  }

  private static final Names<Member> MEMBERS =
      new Names<Member>()
          .add(Member.UUID, "uuid")
          .add(Member.TEAM_ID, "team_id")
          .add(Member.TIMESTAMP, "timestamp")
          .add(Member.CREATED_AT, "created_at")
          .add(Member.PROPERTIES, "properties")
          .add(Member.TOKEN, "api_key", "token");

  private static final Names<Text> COLUMNS = columns();

  private static Names<Text> columns() {
    Names<Text> names = new Names<>();
    for (Text column : Text.values()) {
      names.add(column, column.name().toLowerCase(Locale.ROOT));
    }
    return names;
  }

  private final ByteSink plain = new ByteSink(4096);
  private final JsonCursor in = new JsonCursor(plain);
  private final EventFields event;
  private final ProjectTokens tokens;
  private final PropertiesReader properties;
  private int propertiesAt;
  private int propertiesLength;
  private int removed;

  /** The string or number read last. */
  private int valueAt;

  private int valueLength;

  /**
   * @param tokens what tells the team of an event that names none
   */
  EventReader(EventFields event, Pseudonyms pseudonyms, ProjectTokens tokens) {
    this.event = event;
    this.tokens = tokens;
    properties = new PropertiesReader(event, pseudonyms, tokens);
  }

  JsonCursor cursor() {
    return in;
  }

  /** Properties of the last event that must not be stored, and were taken out. */
  int removed() {
    return removed;
  }

  /** Reads the object that begins here. */
  void read() throws BadJsonException {
    event.clear();
    plain.clear(1 << 20);
    propertiesLength = 0;
    removed = 0;
    in.want('{');
    if (!in.take('}')) {
      do {
        member();
      } while (in.take(','));
      in.want('}');
    }
    properties();
  }

  private void member() throws BadJsonException {
    in.string();
    byte[] source = in.source(in.stringAt());
    int at = JsonCursor.index(in.stringAt());
    int length = in.stringLength();
    Text column = COLUMNS.find(source, at, length);
    Member member = MEMBERS.find(source, at, length);
    in.want(':');
    int next = in.peek();
    if (next == 'n') {
      in.literal();
    } else if (column != null) {
      scalar();
      event.set(column, in.source(valueAt), JsonCursor.index(valueAt), valueLength);
    } else if (member == Member.TOKEN && next != '"') {
      in.skip(1);
    } else if (member != null) {
      member(member, next);
    } else {
      in.skip(1);
    }
  }

  /** Reads a string or a number: how ids are written differs. */
  private void scalar() throws BadJsonException {
    int next = in.peek();
    int from = in.at();
    if (next == '"') {
      in.string();
      valueAt = in.stringAt();
      valueLength = in.stringLength();
    } else if (next == 't' || next == 'f') {
      in.literal();
      valueAt = from;
      valueLength = in.at() - from;
    } else {
      in.number();
      valueAt = from;
      valueLength = in.at() - from;
    }
  }

  private void member(Member member, int next) throws BadJsonException {
    if (member == Member.PROPERTIES && next == '{') {
      propertiesAt = in.at();
      in.skip(1);
      propertiesLength = in.at() - propertiesAt;
      return;
    }
    scalar();
    byte[] source = in.source(valueAt);
    int from = JsonCursor.index(valueAt);
    switch (member) {
      case PROPERTIES -> {
        propertiesAt = valueAt;
        propertiesLength = valueLength;
      }
      case UUID -> uuid(source, from);
      case TEAM_ID -> {
        event.teamId = JsonNumbers.int64(source, from, valueLength, -1);
        if (event.teamId < 0) {
          throw bad("invalid_team_id", "unexpected team_id; want a whole number");
        }
      }
      case TOKEN -> {
        long team = tokens.teamOf(source, from, valueLength);
        event.tokenTeam = team == ProjectTokens.UNKNOWN ? event.tokenTeam : team;
      }
      case TIMESTAMP -> event.timestampNanos = time(source, from);
      case CREATED_AT -> event.createdNanos = time(source, from);
    }
  }

  private BadJsonException bad(String reason, String problem) {
    return new BadJsonException(reason, in.at(), problem);
  }

  private long time(byte[] source, int from) throws BadJsonException {
    long nanos = JsonTime.unixNanos(source, from, valueLength);
    if (nanos == JsonTime.NONE) {
      throw bad("invalid_time", "unexpected time; want ISO 8601, or a number since 1970");
    }
    return nanos;
  }

  private void uuid(byte[] source, int from) throws BadJsonException {
    int digits = 0;
    long high = 0;
    long low = 0;
    for (int i = from; i < from + valueLength; i++) {
      int digit = Character.digit(source[i], 16);
      if (digit >= 0) {
        high = digits < 16 ? (high << 4) | digit : high;
        low = digits < 16 ? low : (low << 4) | digit;
        digits++;
      } else if (source[i] != '-') {
        digits = Integer.MIN_VALUE;
      }
    }
    if (digits != 32) {
      throw bad("invalid_uuid", "unexpected uuid; want 32 hexadecimal digits");
    }
    event.uuidHigh = high;
    event.uuidLow = low;
    event.hasUuid = true;
  }

  private void properties() throws BadJsonException {
    if (propertiesLength == 0) {
      event.properties.putByte('{');
      event.properties.putByte('}');
      return;
    }
    int from = JsonCursor.index(propertiesAt);
    try {
      removed =
          properties.read(in.source(propertiesAt), from, from + propertiesLength, isAboutModel());
    } catch (BadJsonException e) {
      throw new BadJsonException(
          "invalid_properties", in.at(), "the properties are no JSON object: " + e.detail());
    }
  }

  /** HIP-47's {@code $llm_request}, or an event of an SDK for models. */
  private boolean isAboutModel() {
    return begins("$llm_") || begins("$ai_");
  }

  private boolean begins(String with) {
    if (event.length(Text.EVENT) < with.length()) {
      return false;
    }
    for (int i = 0; i < with.length(); i++) {
      if (event.bytes()[event.at(Text.EVENT) + i] != with.charAt(i)) {
        return false;
      }
    }
    return true;
  }
}
