package io.lodge.model;

/**
 * How messages lie in the body of a {@link PayloadKind#SYSLOG} payload: each behind four bytes,
 * little-endian, that are its length, with {@link #CUT} set if the sender's message was longer.
 */
public final class SyslogFrame {
  /** Bytes before each message. */
  public static final int HEADER_BYTES = 4;

  /** In a frame's length: the message was longer than the listener takes, and its end is cut. */
  public static final int CUT = 1 << 31;

  private SyslogFrame() {}
}
