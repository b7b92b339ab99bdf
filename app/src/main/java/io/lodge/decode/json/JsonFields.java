package io.lodge.decode.json;

import io.lodge.block.ByteSink;
import io.lodge.decode.TooManyRowsException;
import java.util.Arrays;

/**
 * The members of one object, nested ones under the names of all around them joined by dots: {@code
 * {"a":{"b":1}}} has the field {@code a.b}. Names and values are places as {@link JsonCursor} has
 * them, found first and stored once the whole record is known to be good.
 *
 * <p>A member that is null is as good as absent. An array is its own text. Reused; belongs to one
 * thread.
 */
public final class JsonFields {
  /** Most fields of one record: wider ones are a mistake, such as ids for names. */
  public static final int FIELDS_MAX = 4096;

  /** Longest name, with those around it. */
  public static final int NAME_BYTES_MAX = 1024;

  /** How deep objects may lie in objects and have their fields still told apart. */
  public static final int DEPTH_MAX = 32;

  /**
   * Most fields of one request, and most bytes of joined names: a few bytes of JSON must not become
   * gigabytes. Parts of the decoder's revision.
   */
  private static final int CELLS_MAX = 4_000_000;

  private static final int JOINED_BYTES_MAX = 64 << 20;

  /** What a field's value is. */
  public enum Kind {
    STRING,
    /** Its value is the number's text, as sent. */
    NUMBER,
    /** {@code true} or {@code false}. */
    BOOLEAN,
    /** An array, or an object without members: its value is JSON. */
    JSON
  }

  private static final int SLOTS = 4;

  private final ByteSink text = new ByteSink(4096);
  private final JsonCursor in = new JsonCursor(text);
  private int[] slots = new int[SLOTS * 64];
  private Kind[] kinds = new Kind[64];
  private int count;
  private long cells;
  private long joinedBytes;

  /** What the fields are read from. */
  public JsonCursor cursor() {
    return in;
  }

  /** Begins a body. */
  public void beginBody() {
    cells = 0;
    joinedBytes = 0;
    text.clear(1 << 20);
  }

  /** Reads the object that begins here. What was read before is forgotten. */
  public void read() throws BadJsonException {
    clear();
    object(0, 0, 0);
  }

  /** Reads the object that begins here; what was read or added since {@link #clear} stays. */
  public void readMore() throws BadJsonException {
    object(0, 0, 0);
  }

  /** Forgets all fields. */
  public void clear() {
    count = 0;
    text.truncate(0);
  }

  public int count() {
    return count;
  }

  public int nameAt(int field) {
    return slots[field * SLOTS];
  }

  public int nameLength(int field) {
    return slots[field * SLOTS + 1];
  }

  public int valueAt(int field) {
    return slots[field * SLOTS + 2];
  }

  public int valueLength(int field) {
    return slots[field * SLOTS + 3];
  }

  public Kind kind(int field) {
    return kinds[field];
  }

  private void object(int prefixAt, int prefixLength, int depth) throws BadJsonException {
    if (depth > DEPTH_MAX) {
      throw new BadJsonException(
          "value_too_deep", in.at(), "objects are nested more than %d deep".formatted(DEPTH_MAX));
    }
    int from = in.at();
    in.want('{');
    if (in.take('}')) {
      if (depth > 0) {
        add(prefixAt, prefixLength, from, in.at() - from, Kind.JSON);
      }
      return;
    }
    do {
      in.string();
      int nameAt = in.stringAt();
      int nameLength = in.stringLength();
      if (depth > 0) {
        nameAt = join(prefixAt, prefixLength, nameAt, nameLength);
        nameLength += prefixLength + 1;
      }
      in.want(':');
      member(nameAt, nameLength, depth);
    } while (in.take(','));
    in.want('}');
  }

  private void member(int nameAt, int nameLength, int depth) throws BadJsonException {
    int next = in.peek();
    int from = in.at();
    switch (next) {
      case '"' -> {
        in.string();
        add(nameAt, nameLength, in.stringAt(), in.stringLength(), Kind.STRING);
      }
      case '{' -> object(nameAt, checkedLength(nameLength), depth + 1);
      case '[' -> {
        in.skip(0);
        add(nameAt, nameLength, from, in.at() - from, Kind.JSON);
      }
      case 't', 'f' -> {
        in.literal();
        add(nameAt, nameLength, from, in.at() - from, Kind.BOOLEAN);
      }
      case 'n' -> in.literal();
      case '-', '0', '1', '2', '3', '4', '5', '6', '7', '8', '9' -> {
        in.number();
        add(nameAt, nameLength, from, in.at() - from, Kind.NUMBER);
      }
      default -> throw in.unexpected("a value");
    }
  }

  private int join(int prefixAt, int prefixLength, int nameAt, int nameLength)
      throws BadJsonException {
    joinedBytes += checkedLength(prefixLength + 1 + nameLength);
    if (joinedBytes > JOINED_BYTES_MAX) {
      throw new TooManyRowsException("bytes of names of nested objects", JOINED_BYTES_MAX);
    }
    int joinedAt = text.length();
    text.putBytes(in.source(prefixAt), JsonCursor.index(prefixAt), prefixLength);
    text.putByte('.');
    text.putBytes(in.source(nameAt), JsonCursor.index(nameAt), nameLength);
    return ~joinedAt;
  }

  private int checkedLength(int nameLength) throws BadJsonException {
    if (nameLength > NAME_BYTES_MAX) {
      throw new BadJsonException(
          "name_too_long",
          in.at(),
          "a name, with those around it, has %d bytes want at most %d"
              .formatted(nameLength, NAME_BYTES_MAX));
    }
    return nameLength;
  }

  /** Adds a field that the protocol says beside the record. */
  public void add(int nameAt, int nameLength, int valueAt, int valueLength, Kind kind)
      throws BadJsonException {
    if (++cells > CELLS_MAX) {
      throw new TooManyRowsException("fields", CELLS_MAX);
    }
    if (count == FIELDS_MAX) {
      throw new BadJsonException(
          "too_many_fields", in.at(), "a record has more than %d fields".formatted(FIELDS_MAX));
    }
    if (count == kinds.length) {
      kinds = Arrays.copyOf(kinds, count * 2);
      slots = Arrays.copyOf(slots, slots.length * 2);
    }
    kinds[count] = kind;
    int to = count * SLOTS;
    slots[to] = nameAt;
    slots[to + 1] = checkedLength(nameLength);
    slots[to + 2] = valueAt;
    slots[to + 3] = valueLength;
    count++;
  }
}
