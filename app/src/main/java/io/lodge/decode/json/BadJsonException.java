package io.lodge.decode.json;

/**
 * Bytes that are not the JSON they should be. One record is lost by it, not its body: the caller
 * goes on behind it. Without a stack trace, as a client could make millions.
 */
public final class BadJsonException extends Exception {
  private static final long serialVersionUID = 1;

  private final String reason;
  private final int at;

  /**
   * @param reason one word for a machine
   * @param at the index in the body's array where reading failed
   * @param problem a sentence for a person
   */
  public BadJsonException(String reason, int at, String problem) {
    super(problem, null, false, false);
    this.reason = reason;
    this.at = at;
  }

  static BadJsonException invalid(int at, String problem) {
    return new BadJsonException("invalid_json", at, problem);
  }

  /** A record over its limit. */
  public static BadJsonException tooLarge(int at, int lengthBytes, int limitBytes) {
    return new BadJsonException(
        "record_too_large",
        at,
        "record of %d bytes is over receive.max_record, %d bytes"
            .formatted(lengthBytes, limitBytes));
  }

  public String reason() {
    return reason;
  }

  /** Where in the body's array. */
  public int at() {
    return at;
  }

  public String detail() {
    return String.valueOf(getMessage());
  }
}
