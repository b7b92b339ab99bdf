package io.lodge.receive;

import io.lodge.model.ContentEncoding;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** The names protocols give to encodings. */
final class Encodings {
  /** What is accepted, as {@code Accept-Encoding} and {@code grpc-accept-encoding} list it. */
  static final String ACCEPTED = "gzip, zstd, snappy, deflate, identity";

  private Encodings() {}

  /** The encoding of this name (no name is identity); {@code null} if it is not supported. */
  static @Nullable ContentEncoding named(@Nullable String name) {
    if (name == null) {
      return ContentEncoding.IDENTITY;
    }
    return switch (name.strip().toLowerCase(Locale.ROOT)) {
      case "", "identity", "none" -> ContentEncoding.IDENTITY;
      case "gzip", "x-gzip" -> ContentEncoding.GZIP;
      case "zstd" -> ContentEncoding.ZSTD;
      case "snappy", "x-snappy-framed" -> ContentEncoding.SNAPPY;
      case "deflate", "zlib" -> ContentEncoding.DEFLATE;
      default -> null;
    };
  }
}
