package io.lodge;

import io.lodge.bucket.Bucket;
import io.lodge.bucket.S3Bucket;
import io.lodge.bucket.S3Options;
import io.lodge.config.Config;
import java.time.Duration;

/** The configuration of a bucket → the bucket. Its library is loaded here and not before. */
final class Buckets {
  private static final Duration CONNECT = Duration.ofSeconds(5);

  /** A server that says nothing for so long is away. */
  private static final Duration SILENCE = Duration.ofSeconds(20);

  /** A call that moves little. */
  private static final Duration CALL = Duration.ofSeconds(30);

  /** A transfer that is slower is given up: 64 MiB take a minute and a half at most. */
  private static final long BYTES_PER_SECOND_MIN = 1 << 20;

  private Buckets() {}

  static Bucket open(Config.Bucket settings) {
    return S3Bucket.open(options(settings));
  }

  private static S3Options options(Config.Bucket settings) {
    return new S3Options(
        settings.endpoint(),
        settings.region(),
        settings.name(),
        settings.prefix(),
        settings.pathStyle(),
        settings
            .key()
            .map(key -> new S3Options.Credentials(key.accessKey(), key.secretKey().reveal())),
        encryption(settings.encryption()),
        CONNECT,
        SILENCE,
        CALL,
        BYTES_PER_SECOND_MIN);
  }

  private static S3Options.Encryption encryption(Config.BucketEncryption encryption) {
    return switch (encryption.kind()) {
      case OF_BUCKET -> new S3Options.Encryption.OfBucket();
      case AES256 -> new S3Options.Encryption.Aes256();
      case KMS -> new S3Options.Encryption.Kms(encryption.keyId());
    };
  }
}
