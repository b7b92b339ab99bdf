package io.lodge.decode;

/**
 * A small body that would become a huge block: more rows, or more repeated attributes, than any
 * real sender puts into one request. Decoders throw it; {@link PayloadDecoder} turns it into a
 * refusal.
 */
public final class TooManyRowsException extends RuntimeException {
  private static final long serialVersionUID = 1;

  /**
   * @param what was counted
   * @param max how many of it one request may have
   */
  public TooManyRowsException(String what, long max) {
    super(
        "cannot take body: it has more than %d %s; send smaller requests".formatted(max, what),
        null,
        false,
        false);
  }
}
