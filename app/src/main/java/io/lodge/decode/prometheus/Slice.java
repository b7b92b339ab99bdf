package io.lodge.decode.prometheus;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.Arrays;

/** Some bytes of the body. */
record Slice(int at, int length) {
  static final Slice EMPTY = new Slice(0, 0);

  /** Whether both are the same text of the body. */
  boolean isSame(Slice other, byte[] body) {
    return Arrays.equals(body, at, at + length, body, other.at, other.at + other.length);
  }

  String text(byte[] body) {
    return new String(body, at, length, UTF_8);
  }
}
