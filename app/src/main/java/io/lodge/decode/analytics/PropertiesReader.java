package io.lodge.decode.analytics;

import io.lodge.block.ByteSink;
import io.lodge.decode.json.BadJsonException;
import io.lodge.decode.json.JsonCursor;
import io.lodge.decode.json.JsonQuotes;
import io.lodge.route.ProjectTokens;
import org.jspecify.annotations.Nullable;

/**
 * Reads an event's properties: copies them without what must not be stored, and fills the columns
 * that are not set. Reused; belongs to one thread.
 */
final class PropertiesReader {
  private final ByteSink plain = new ByteSink(256);
  private final JsonCursor in = new JsonCursor(plain);
  private final ByteSink hashed = new ByteSink(64);
  private final Pseudonyms pseudonyms;
  private final ProjectTokens tokens;
  private final EventFields event;
  private final ByteSink out;
  private boolean aboutModel;
  private int removed;

  PropertiesReader(EventFields event, Pseudonyms pseudonyms, ProjectTokens tokens) {
    this.event = event;
    this.tokens = tokens;
    this.pseudonyms = pseudonyms;
    out = event.properties;
  }

  /**
   * Reads the object in this slice, and nothing else.
   *
   * @param about whether the event is about a model's work
   * @return how many properties were removed
   */
  int read(byte[] bytes, int from, int to, boolean about) throws BadJsonException {
    plain.clear(1 << 20);
    in.reset(bytes, from, to, false);
    aboutModel = about;
    removed = 0;
    object(0);
    if (in.peek() >= 0) {
      throw in.unexpected("the end of the properties");
    }
    return removed;
  }

  private void object(int depth) throws BadJsonException {
    int deeper = in.deeper(depth);
    in.want('{');
    out.putByte('{');
    if (!in.take('}')) {
      boolean first = true;
      do {
        first &= !member(deeper, first);
      } while (in.take(','));
      in.want('}');
    }
    out.putByte('}');
  }

  /** Copies the member, unless it must not be stored; whether it did. */
  private boolean member(int depth, boolean first) throws BadJsonException {
    in.peek();
    int from = in.at();
    in.string();
    byte[] source = in.source(in.stringAt());
    int nameAt = JsonCursor.index(in.stringAt());
    int nameLength = in.stringLength();
    int nameTo = in.at();
    boolean content = isContent(source, nameAt, nameLength);
    boolean id = pseudonyms.on() && PropertyNames.IDS.find(source, nameAt, nameLength) != null;
    boolean token = depth == 1 && in.is(in.stringAt(), nameLength, "token");
    Text column =
        depth == 1 && !content ? PropertyNames.COLUMNS.find(source, nameAt, nameLength) : null;
    in.want(':');
    if (content) {
      in.skip(depth);
      removed++;
      return false;
    }
    if (!first) {
      out.putByte(',');
    }
    out.putBytes(in.bytes(), from, nameTo - from);
    out.putByte(':');
    int next = in.peek();
    if (next == '"' || isNumber(next)) {
      scalar(column, id, token);
    } else {
      value(depth);
    }
    return true;
  }

  private boolean isContent(byte[] source, int at, int length) {
    return PropertyNames.CONTENT.find(source, at, length) != null
        || (aboutModel && PropertyNames.MODEL_CONTENT.find(source, at, length) != null);
  }

  private static boolean isNumber(int next) {
    return next == '-' || (next >= '0' && next <= '9');
  }

  /** Copies a string or a number, hashed if it is an id, and fills its column if it has one. */
  private void scalar(@Nullable Text column, boolean id, boolean token) throws BadJsonException {
    int from = in.at();
    int valueAt = from;
    int length;
    if (in.peek() == '"') {
      in.string();
      valueAt = in.stringAt();
      length = in.stringLength();
    } else {
      in.number();
      length = in.at() - from;
    }
    byte[] source = in.source(valueAt);
    int at = JsonCursor.index(valueAt);
    if (column != null) {
      event.set(column, source, at, length);
    }
    if (token && event.tokenTeam == ProjectTokens.UNKNOWN) {
      event.tokenTeam = tokens.teamOf(source, at, length);
    }
    if (id) {
      hashed.clear(256);
      pseudonyms.put(hashed, source, at, length);
      JsonQuotes.putQuoted(out, hashed.array(), 0, hashed.length());
    } else {
      out.putBytes(in.bytes(), from, in.at() - from);
    }
  }

  private void value(int depth) throws BadJsonException {
    switch (in.peek()) {
      case '{' -> object(depth);
      case '[' -> array(depth);
      default -> {
        int from = in.at();
        in.skip(depth);
        out.putBytes(in.bytes(), from, in.at() - from);
      }
    }
  }

  private void array(int depth) throws BadJsonException {
    int deeper = in.deeper(depth);
    in.want('[');
    out.putByte('[');
    if (!in.take(']')) {
      boolean first = true;
      do {
        if (!first) {
          out.putByte(',');
        }
        first = false;
        value(deeper);
      } while (in.take(','));
      in.want(']');
    }
    out.putByte(']');
  }
}
