package io.lodge;

/** A command cannot do what it was asked. The message is all that people are shown. */
final class CommandException extends Exception {
  private static final long serialVersionUID = 1L;

  private final int exitCode;

  CommandException(String message) {
    this(ExitCodes.FAILED, message);
  }

  CommandException(int exitCode, String message) {
    super(message);
    this.exitCode = exitCode;
  }

  CommandException(String message, Throwable cause) {
    super(message, cause);
    this.exitCode = ExitCodes.FAILED;
  }

  int exitCode() {
    return exitCode;
  }
}
