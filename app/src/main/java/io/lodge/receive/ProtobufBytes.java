package io.lodge.receive;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;

/** Writes the few small protobuf messages the protocols answer with. Source: protobuf encoding. */
final class ProtobufBytes {
  private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();

  /** A varint field; left out when zero, as proto3 does. */
  ProtobufBytes number(int field, long value) {
    if (value != 0) {
      varint((long) field << 3);
      varint(value);
    }
    return this;
  }

  /** A string field; left out when empty. */
  ProtobufBytes text(int field, String value) {
    return value.isEmpty() ? this : bytes(field, value.getBytes(StandardCharsets.UTF_8));
  }

  /** A message or bytes field, written also when empty. */
  ProtobufBytes bytes(int field, byte[] value) {
    varint(((long) field << 3) | 2);
    varint(value.length);
    bytes.writeBytes(value);
    return this;
  }

  byte[] toBytes() {
    return bytes.toByteArray();
  }

  private void varint(long value) {
    long rest = value;
    while ((rest & ~0x7FL) != 0) {
      bytes.write((int) ((rest & 0x7F) | 0x80));
      rest >>>= 7;
    }
    bytes.write((int) rest);
  }
}
