package io.lodge;

/** What every command's exit code means. */
final class ExitCodes {
  /** All that was asked for is done. */
  static final int DONE = 0;

  /** Not all of it is done; standard error says what is missing. */
  static final int FAILED = 1;

  /** The command line or the configuration cannot be used; nothing was done. */
  static final int USAGE = 2;

  private ExitCodes() {}
}
