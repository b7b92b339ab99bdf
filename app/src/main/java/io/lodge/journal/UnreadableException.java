package io.lodge.journal;

import java.io.IOException;

/** The disk does not give back bytes that are there: as good as bytes that are damaged. */
final class UnreadableException extends IOException {
  UnreadableException(IOException cause) {
    super(cause.getMessage(), cause);
  }
}
