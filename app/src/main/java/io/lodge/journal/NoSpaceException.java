package io.lodge.journal;

import java.io.IOException;

/** The disk, or this user's share of it, is full: the one error of a write that may pass. */
final class NoSpaceException extends IOException {
  NoSpaceException(String message) {
    super(message);
  }
}
