package io.lodge.decode;

/**
 * A body that is not what its kind says. The whole payload is refused.
 *
 * <p>Without a stack trace: it speaks of the bytes, not of the code, and a client could make
 * millions.
 */
public final class MalformedPayloadException extends Exception {
  private static final long serialVersionUID = 1;

  /**
   * @param offset where in the decompressed body reading failed, in bytes from its start
   * @param problem what was wrong there
   */
  public MalformedPayloadException(int offset, String problem) {
    super("cannot decode body: at byte %d: %s".formatted(offset, problem), null, false, false);
  }
}
