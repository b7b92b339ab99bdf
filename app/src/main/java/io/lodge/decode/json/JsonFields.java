package io.lodge.decode.json;

import io.lodge.block.ByteSink;
import io.lodge.decode.TooManyRowsException;
import io.lodge.decode.wire.AttributeSlices;

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
    STRING(0),
    /** Its value is the number's text, as sent. */
    NUMBER(1),
    /** {@code true} or {@code false}. */
    BOOLEAN(2),
    /** An array, or an object without members: its value is JSON. */
    JSON(3);

    /** The tag of such a slice: 0 is a text's. */
    private final int tag;

    Kind(int tag) {
      this.tag = tag;
    }
  }

  private static final Kind[] KINDS = Kind.values();

  private final ByteSink text = new ByteSink(4096);
  private final JsonCursor in = new JsonCursor(text);
  private final AttributeSlices slices = new AttributeSlices(text, FIELDS_MAX);
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
    slices.clear();
    text.truncate(0);
  }

  /** Names and values as slices; the tag of each is that of its {@link Kind}. */
  public AttributeSlices slices() {
    return slices;
  }

  /** What slices lie in that had to be rendered. */
  public ByteSink text() {
    return text;
  }

  public int count() {
    return slices.count();
  }

  public int nameAt(int field) {
    return slices.keyAt(field);
  }

  public int nameLength(int field) {
    return slices.keyLength(field);
  }

  public int valueAt(int field) {
    return slices.valueAt(field);
  }

  public int valueLength(int field) {
    return slices.valueLength(field);
  }

  public Kind kind(int field) {
    return KINDS[slices.tag(field)];
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
    countCells(1);
    if (slices.count() == FIELDS_MAX) {
      throw new BadJsonException(
          "too_many_fields", in.at(), "a record has more than %d fields".formatted(FIELDS_MAX));
    }
    slices.add(nameAt, checkedLength(nameLength), valueAt, valueLength, kind.tag);
  }

  /** Counts what takes memory like fields of the request. */
  public void countCells(long count) {
    cells += count;
    if (cells > CELLS_MAX) {
      throw new TooManyRowsException("fields", CELLS_MAX);
    }
  }
}
