package io.lodge.decode.json;

import io.lodge.decode.Decompressor.Body;
import io.lodge.decode.MalformedPayloadException;
import io.lodge.decode.TooManyRowsException;

/**
 * Finds the records of a body: lines of JSON objects, an array of them, or one object. A line that
 * cannot be read costs that line; an array that is not JSON costs the body, for nobody knows where
 * its next element begins.
 */
public final class JsonRecords {
  /**
   * Most records of one request. Part of the decoder's revision: a segment must decode to the same
   * rows for ever.
   */
  public static final int RECORDS_MAX = 250_000;

  /** What reads the records of one kind of body. */
  public interface Reader {

    /**
     * Reads the object that begins here, to its end. It may be read more than once.
     *
     * @throws BadJsonException if it is none, or none that can be stored
     */
    void read(JsonCursor in) throws BadJsonException;

    /** Stores the record that was read last. */
    void store(Place place);

    /** Keeps a record that cannot be stored. */
    void reject(BadJsonException why, Place place);
  }

  /** Where a record lies: its slice of the body's array, and its number. Reused. */
  public static final class Place {
    private int number;
    private int from;
    private int to;

    /** The record's line, or its place in the array: from 1. */
    public int number() {
      return number;
    }

    public int from() {
      return from;
    }

    public int length() {
      return to - from;
    }
  }

  private final JsonCursor in;
  private final int recordBytesMax;
  private final Place place = new Place();

  /**
   * @param in what readers read from
   * @param recordBytesMax larger records are rejected
   */
  public JsonRecords(JsonCursor in, int recordBytesMax) {
    this.in = in;
    this.recordBytesMax = recordBytesMax;
  }

  /** Hands every record of the body to the reader. */
  public void read(Body body, Reader reader) throws MalformedPayloadException {
    place.number = 0;
    int from = body.offset();
    int end = from + body.length();
    in.reset(body.bytes(), from, end, false);
    int first = in.peek();
    if (first == '[') {
      array(body, reader);
    } else if (first != '{' || !oneObject(body, reader)) {
      lines(body, reader);
    }
  }

  /** Whether the body is a single object over several lines; it is stored then. */
  private boolean oneObject(Body body, Reader reader) {
    int from = in.at();
    int end = body.offset() + body.length();
    in.reset(body.bytes(), from, end, true);
    try {
      in.skip(0);
      return false;
    } catch (BadJsonException overLines) {
      in.reset(body.bytes(), from, end, false);
    }
    try {
      in.skip(0);
    } catch (BadJsonException notEither) {
      return false;
    }
    int to = in.at();
    if (in.peek() >= 0) {
      return false;
    }
    in.reset(body.bytes(), from, to, false);
    record(reader, from, to);
    return true;
  }

  private void lines(Body body, Reader reader) {
    byte[] bytes = body.bytes();
    int end = body.offset() + body.length();
    int line = 0;
    for (int from = body.offset(); from < end; ) {
      in.reset(bytes, from, end, true);
      line++;
      int next = in.peek();
      int begin = in.at();
      if (next < 0) {
        from = begin + 1; // an empty line
        continue;
      }
      place.number = line - 1;
      from = line(reader, bytes, begin, end) + 1;
    }
  }

  /** Reads the line that begins here; returns where it ends. */
  private int line(Reader reader, byte[] bytes, int from, int end) {
    begin(from);
    try {
      reader.read(in);
      int to = in.at();
      if (in.peek() >= 0) {
        throw in.unexpected("the end of the line");
      }
      finish(reader, to);
      return in.at();
    } catch (BadJsonException bad) {
      int to = lineEnd(bytes, from, end);
      place.to = to;
      reader.reject(bad, place);
      return to;
    }
  }

  /** The index of the next line break; {@code end} if there is none. */
  public static int lineEnd(byte[] bytes, int from, int end) {
    int to = from;
    while (to < end && bytes[to] != '\n') {
      to++;
    }
    return to;
  }

  private void array(Body body, Reader reader) throws MalformedPayloadException {
    int start = body.offset();
    try {
      in.want('[');
      if (!in.take(']')) {
        do {
          element(body, reader);
        } while (in.take(','));
        in.want(']');
      }
      if (in.peek() >= 0) {
        throw in.unexpected("the end of the body");
      }
    } catch (BadJsonException bad) {
      throw new MalformedPayloadException(bad.at() - start, bad.detail());
    }
  }

  /** An element that cannot be read is passed over, if it is JSON at all. */
  private void element(Body body, Reader reader) throws BadJsonException {
    int end = body.offset() + body.length();
    in.peek();
    int from = in.at();
    begin(from);
    try {
      reader.read(in);
    } catch (BadJsonException bad) {
      in.reset(body.bytes(), from, end, false);
      in.skip(0);
      place.to = in.at();
      reader.reject(bad, place);
      return;
    }
    try {
      finish(reader, in.at());
    } catch (BadJsonException bad) {
      reader.reject(bad, place);
    }
  }

  private void record(Reader reader, int from, int to) {
    begin(from);
    try {
      reader.read(in);
      finish(reader, to);
    } catch (BadJsonException bad) {
      place.to = to;
      reader.reject(bad, place);
    }
  }

  private void begin(int from) {
    if (++place.number > RECORDS_MAX) {
      throw new TooManyRowsException("records", RECORDS_MAX);
    }
    place.from = from;
  }

  private void finish(Reader reader, int to) throws BadJsonException {
    place.to = to;
    if (place.length() > recordBytesMax) {
      throw BadJsonException.tooLarge(place.from, place.length(), recordBytesMax);
    }
    reader.store(place);
  }
}
