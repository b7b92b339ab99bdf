package io.lodge.bucket;

import java.io.IOException;

/**
 * The bucket did not do what it was asked to: it is away, slow, full, or does not let us. The
 * message says what to do where a person can do something.
 */
public final class BucketFault extends IOException {
  public BucketFault(String message) {
    super(message);
  }

  public BucketFault(String message, Throwable cause) {
    super(message, cause);
  }
}
