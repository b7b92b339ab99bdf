package io.lodge.decode.letter;

import io.lodge.block.ByteSink;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** Writes protobuf's wire format. For one thread. */
final class ProtobufSink {
  private static final int VARINT = 0;
  private static final int LENGTH_DELIMITED = 2;

  private final ByteSink out = new ByteSink(256);

  /** Appends a number; none that is 0, which is what absence says. */
  ProtobufSink number(int field, int value) {
    if (value != 0) {
      out.putVarint(field << 3 | VARINT);
      out.putVarint(value);
    }
    return this;
  }

  /** Appends a text; none that is empty. */
  ProtobufSink text(int field, String text) {
    return text.isEmpty() ? this : bytes(field, text.getBytes(StandardCharsets.UTF_8));
  }

  ProtobufSink bytes(int field, byte[] bytes) {
    return bytes(field, bytes, bytes.length);
  }

  ProtobufSink message(int field, ProtobufSink message) {
    return bytes(field, message.out.array(), message.out.length());
  }

  private ProtobufSink bytes(int field, byte[] bytes, int length) {
    out.putVarint(field << 3 | LENGTH_DELIMITED);
    out.putVarint(length);
    out.putBytes(bytes, 0, length);
    return this;
  }

  byte[] toByteArray() {
    return copy(out);
  }

  static byte[] copy(ByteSink sink) {
    return Arrays.copyOf(sink.array(), sink.length());
  }
}
