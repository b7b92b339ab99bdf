package io.lodge.decode.wire;

import io.lodge.block.LittleEndian;
import io.lodge.decode.MalformedPayloadException;

/**
 * Walks protobuf wire bytes. Reads never leave the current message: {@link #end} is its end, and a
 * field that would pass it is malformed.
 *
 * <p>As any protobuf reader does, it skips fields that it does not know, among them known field
 * numbers with another wire type.
 */
public final class WireReader {
  private static final int VARINT = 0;
  private static final int FIXED64 = 1;
  private static final int BYTES = 2;
  private static final int START_GROUP = 3;
  private static final int END_GROUP = 4;
  private static final int FIXED32 = 5;

  /** Protobuf's own limit for nested messages. */
  private static final int DEPTH_MAX = 100;

  private byte[] bytes = new byte[0];
  private int start;
  private int at;
  private int end;

  public void open(byte[] source, int offset, int length) {
    bytes = source;
    start = offset;
    at = offset;
    end = offset + length;
  }

  public byte[] bytes() {
    return bytes;
  }

  /** Where the next field begins, as an index of the array. */
  public int at() {
    return at;
  }

  public int end() {
    return end;
  }

  public boolean hasMore() {
    return at < end;
  }

  /** Restricts reading to {@code [from, to)}, which lies in the array. */
  public void window(int from, int to) {
    at = from;
    end = to;
  }

  /** The next field's number and wire type: {@code number << 3 | type}. */
  public int tag() throws MalformedPayloadException {
    int tag = (int) varint();
    if (tag >>> 3 == 0) {
      throw malformed("field number 0");
    }
    return tag;
  }

  public long varint() throws MalformedPayloadException {
    if (at < end) {
      byte first = bytes[at];
      if (first >= 0) {
        at++;
        return first;
      }
    }
    return longVarint();
  }

  private long longVarint() throws MalformedPayloadException {
    long value = 0;
    for (int shift = 0; shift < Long.SIZE + 6; shift += 7) {
      if (at >= end) {
        throw malformed("a varint runs past the end of its message");
      }
      byte next = bytes[at++];
      value |= (next & 0x7FL) << shift;
      if (next >= 0) {
        return value;
      }
    }
    throw malformed("a varint is longer than 10 bytes");
  }

  public long fixed64() throws MalformedPayloadException {
    need(Long.BYTES);
    long value = LittleEndian.getLong(bytes, at);
    at += Long.BYTES;
    return value;
  }

  public int fixed32() throws MalformedPayloadException {
    need(Integer.BYTES);
    int value = LittleEndian.getInt(bytes, at);
    at += Integer.BYTES;
    return value;
  }

  /**
   * Reads the length of a string, bytes or message field, checks that it fits, and leaves {@link
   * #at} where the content begins. The caller moves on with {@link #skipTo}.
   */
  public int length() throws MalformedPayloadException {
    long length = varint();
    if (length < 0 || length > end - at) {
      throw malformed(
          "a field of %s bytes runs past the end of its message, %d bytes away"
              .formatted(Long.toUnsignedString(length), end - at));
    }
    return (int) length;
  }

  public void skipTo(int index) {
    at = index;
  }

  /** Skips the content of a field with this tag. */
  public void skip(int tag) throws MalformedPayloadException {
    skip(tag, 0);
  }

  private void skip(int tag, int depth) throws MalformedPayloadException {
    switch (tag & 7) {
      case VARINT -> varint();
      case FIXED64 -> fixed64();
      case BYTES -> {
        int length = length();
        at += length;
      }
      case START_GROUP -> skipGroup(tag, depth + 1);
      case FIXED32 -> fixed32();
      case END_GROUP -> throw malformed("a group ends that did not begin");
      default -> throw malformed("wire type " + (tag & 7) + " does not exist");
    }
  }

  private void skipGroup(int startTag, int depth) throws MalformedPayloadException {
    if (depth > DEPTH_MAX) {
      throw malformed("groups are nested more than " + DEPTH_MAX + " deep");
    }
    int endTag = startTag >>> 3 << 3 | END_GROUP;
    while (true) {
      if (!hasMore()) {
        throw malformed("a group does not end");
      }
      int tag = tag();
      if (tag == endTag) {
        return;
      }
      skip(tag, depth);
    }
  }

  public MalformedPayloadException malformed(String problem) {
    return new MalformedPayloadException(at - start, problem);
  }

  /** The offset in the body of an index of the array. */
  public int offsetOf(int index) {
    return index - start;
  }

  private void need(int count) throws MalformedPayloadException {
    if (end - at < count) {
      throw malformed("a fixed-width field runs past the end of its message");
    }
  }
}
