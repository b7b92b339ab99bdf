package io.lodge.bucket;

import java.util.Optional;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.exception.SdkServiceException;

/** What S3 and the wire say → what a person can do about it. */
final class S3Faults {
  private static final int NOT_IMPLEMENTED = 501;
  private static final int FORBIDDEN = 403;
  private static final int NOT_FOUND = 404;

  private final S3Options options;

  S3Faults(S3Options options) {
    this.options = options;
  }

  BucketFault of(String verb, String name, Exception cause) {
    return new BucketFault(
        "cannot %s %s in bucket %s: %s%s"
            .formatted(verb, name, options.bucket(), said(cause), remedy(cause)),
        cause);
  }

  private static String said(Exception cause) {
    if (cause instanceof SdkServiceException answered) {
      String text =
          cause instanceof AwsServiceException aws && aws.awsErrorDetails() != null
              ? Optional.ofNullable(aws.awsErrorDetails().errorMessage()).orElse("")
              : "";
      return "HTTP %d %s".formatted(answered.statusCode(), text).strip();
    }
    Throwable root = cause;
    while (root.getCause() != null) {
      root = root.getCause();
    }
    String text = root.getMessage();
    return text == null ? root.getClass().getSimpleName() : text;
  }

  private String remedy(Exception cause) {
    if (!(cause instanceof SdkServiceException answered)) {
      return options.endpoint().map(at -> "; is " + at + " the right endpoint?").orElse("");
    }
    return switch (answered.statusCode()) {
      case FORBIDDEN ->
          "; check journal.bucket.access_key and secret_key, this machine's clock, and what the key may do";
      case NOT_FOUND -> "; make the bucket, or correct journal.bucket.bucket";
      case NOT_IMPLEMENTED -> "; this server cannot be used: it knows no conditional writes";
      default -> "";
    };
  }
}
