package io.lodge.decode;

/** Compressed bytes that cannot be decompressed; {@link Decompressor} adds what and where. */
final class CorruptBodyException extends Exception {
  private static final long serialVersionUID = 1;

  CorruptBodyException(String problem) {
    super(problem, null, false, false);
  }

  static CorruptBodyException endsEarly() {
    return new CorruptBodyException("the stream ends early");
  }
}
