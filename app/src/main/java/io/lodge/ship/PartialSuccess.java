package io.lodge.ship;

import java.nio.charset.StandardCharsets;

/**
 * Reads an {@code ExportLogsServiceResponse}: how many records were rejected, and why. Fields it
 * does not know are skipped; a broken body reads as far as it goes.
 */
final class PartialSuccess {
  private final byte[] bytes;
  private int at;
  private int end;
  private long rejected;
  private String message = "";

  private PartialSuccess(byte[] bytes) {
    this.bytes = bytes;
    this.end = bytes.length;
  }

  static Reply.Acknowledged read(byte[] body) {
    PartialSuccess reader = new PartialSuccess(body);
    try {
      reader.response();
    } catch (IndexOutOfBoundsException truncated) {
      return new Reply.Acknowledged(reader.rejected, "the receiver's reply is cut off");
    }
    return new Reply.Acknowledged(reader.rejected, reader.message);
  }

  /** The message of a {@code google.rpc.Status}, whose fields 1 and 2 have the same types. */
  static String statusMessage(byte[] body) {
    PartialSuccess reader = new PartialSuccess(body);
    try {
      reader.partialSuccess();
    } catch (IndexOutOfBoundsException truncated) {
      return reader.message;
    }
    return reader.message;
  }

  private void response() {
    while (at < end) {
      long tag = varint();
      if (tag == ((Otlp.RESPONSE_PARTIAL_SUCCESS << 3) | 2)) {
        int length = length();
        int outer = end;
        end = at + length;
        partialSuccess();
        end = outer;
      } else {
        skip(tag);
      }
    }
  }

  private void partialSuccess() {
    while (at < end) {
      long tag = varint();
      if (tag == (Otlp.PARTIAL_SUCCESS_REJECTED << 3)) {
        rejected = varint();
      } else if (tag == ((Otlp.PARTIAL_SUCCESS_MESSAGE << 3) | 2)) {
        int length = length();
        message = new String(bytes, at, length, StandardCharsets.UTF_8);
        at += length;
      } else {
        skip(tag);
      }
    }
  }

  private void skip(long tag) {
    switch ((int) (tag & 7)) {
      case 0 -> varint();
      case 1 -> at += Long.BYTES;
      case 2 -> at += length();
      case 5 -> at += Integer.BYTES;
      default -> throw new IndexOutOfBoundsException("unexpected wire type");
    }
  }

  private int length() {
    long length = varint();
    if (length < 0 || length > end - at) {
      throw new IndexOutOfBoundsException("unexpected length " + length);
    }
    return (int) length;
  }

  private long varint() {
    long value = 0;
    for (int shift = 0; shift < Long.SIZE; shift += 7) {
      if (at >= end) {
        throw new IndexOutOfBoundsException("truncated");
      }
      byte next = bytes[at++];
      value |= (long) (next & 0x7F) << shift;
      if (next >= 0) {
        return value;
      }
    }
    throw new IndexOutOfBoundsException("varint of more than 10 bytes");
  }
}
