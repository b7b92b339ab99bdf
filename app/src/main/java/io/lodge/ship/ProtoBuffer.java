package io.lodge.ship;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** Writes protobuf's wire format into one growing array. Not safe for several threads. */
final class ProtoBuffer {
  private static final int VARINT = 0;
  private static final int FIXED64 = 1;
  private static final int LENGTH_DELIMITED = 2;

  private byte[] bytes;
  private int length;

  ProtoBuffer(int capacity) {
    bytes = new byte[capacity];
  }

  int length() {
    return length;
  }

  void clear() {
    length = 0;
  }

  ProtoBuffer fixed64(int field, long value) {
    tag(field, FIXED64);
    reserve(Long.BYTES);
    for (int shift = 0; shift < Long.SIZE; shift += Byte.SIZE) {
      bytes[length++] = (byte) (value >>> shift);
    }
    return this;
  }

  ProtoBuffer varint(int field, long value) {
    tag(field, VARINT);
    varint(value);
    return this;
  }

  ProtoBuffer string(int field, String text) {
    byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
    return bytes(field, utf8, 0, utf8.length);
  }

  ProtoBuffer bytes(int field, byte[] source, int from, int count) {
    header(field, count);
    return raw(source, from, count);
  }

  ProtoBuffer message(int field, ProtoBuffer message) {
    return bytes(field, message.bytes, 0, message.length);
  }

  /** Starts a nested message of a known length; its fields follow. */
  ProtoBuffer header(int field, int messageLength) {
    tag(field, LENGTH_DELIMITED);
    varint(messageLength);
    return this;
  }

  /** Appends fields that are encoded already. */
  ProtoBuffer raw(ProtoBuffer fields) {
    return raw(fields.bytes, 0, fields.length);
  }

  void writeTo(OutputStream out) throws IOException {
    out.write(bytes, 0, length);
  }

  byte[] toByteArray() {
    return Arrays.copyOf(bytes, length);
  }

  private ProtoBuffer raw(byte[] source, int from, int count) {
    reserve(count);
    System.arraycopy(source, from, bytes, length, count);
    length += count;
    return this;
  }

  private void tag(int field, int wireType) {
    varint(((long) field << 3) | wireType);
  }

  private void varint(long value) {
    reserve(10);
    long rest = value;
    while ((rest & ~0x7FL) != 0) {
      bytes[length++] = (byte) ((rest & 0x7F) | 0x80);
      rest >>>= 7;
    }
    bytes[length++] = (byte) rest;
  }

  private void reserve(int count) {
    int needed = Math.addExact(length, count);
    if (needed > bytes.length) {
      bytes = Arrays.copyOf(bytes, Math.max(needed, (int) Math.min(bytes.length * 2L, 1 << 30)));
    }
  }
}
