package io.lodge.decode;

/** A body that would become more than a limit allows: bytes when decompressed, or rows. */
public final class BodyTooLargeException extends Exception {
  private static final long serialVersionUID = 1;

  BodyTooLargeException(TooManyRowsException cause) {
    super(cause.getMessage(), null, false, false);
  }

  BodyTooLargeException(int limitBytes) {
    super(
        ("cannot decompress body: it is larger than %d bytes decompressed; send smaller requests or"
                + " raise receive.max_decompressed")
            .formatted(limitBytes),
        null,
        false,
        false);
  }
}
