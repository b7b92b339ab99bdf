package io.lodge.config;

import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/** Reads {@code journal.bucket}. */
final class BucketSettings {
  private static final String AT = "journal.bucket.";
  private static final long MIB = 1L << 20;

  /** What S3 and its likes take for a bucket. */
  private static final Pattern NAME = Pattern.compile("[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]");

  /** Characters that no server and no signature has trouble with. */
  private static final Pattern PREFIX = Pattern.compile("[A-Za-z0-9._/-]{0,200}");

  private static final Pattern REGION = Pattern.compile("[a-z0-9-]{1,64}");

  private BucketSettings() {}

  /** Empty where no bucket is named; the other settings are read all the same. */
  static Optional<Config.Bucket> read(SettingReader in) {
    Optional<String> name = in.optionalText(AT + "bucket");
    Config.Bucket bucket =
        new Config.Bucket(
            name.orElse(""),
            in.optionalUrl(AT + "endpoint"),
            matching(in, "region", REGION, "write one such as eu-central-1"),
            prefix(matching(in, "prefix", PREFIX, "use letters, digits and . _ - / only")),
            in.flag(AT + "path_style"),
            key(in),
            encryption(in),
            in.bytes(AT + "budget", 16 * MIB, 1L << 60));
    if (name.isPresent() && !NAME.matcher(name.get()).matches()) {
      in.fault(
          AT + "bucket",
          "cannot use " + name.get() + " as the name of a bucket",
          "write 3 to 63 lower-case letters, digits, dots and hyphens, without s3:// before them");
    }
    if (name.isEmpty() && bucket.endpoint().isPresent()) {
      in.fault(AT + "endpoint", "cannot be used: no bucket is named", "set journal.bucket.bucket");
    }
    return name.map(named -> bucket);
  }

  private static String matching(SettingReader in, String key, Pattern pattern, String remedy) {
    String text = in.text(AT + key);
    if (!pattern.matcher(text).matches()) {
      in.fault(AT + key, "cannot use \"" + text + "\"", remedy);
    }
    return text;
  }

  private static String prefix(String text) {
    String bare = text.replaceAll("^/+|/+$", "");
    return bare.isEmpty() ? "" : bare + "/";
  }

  private static Optional<Config.BucketKey> key(SettingReader in) {
    Optional<Secret> accessKey = in.secret(AT + "access_key");
    Optional<Secret> secretKey = in.secret(AT + "secret_key");
    if (accessKey.isPresent() != secretKey.isPresent()) {
      String missing = AT + (accessKey.isPresent() ? "secret_key" : "access_key");
      in.fault(
          missing,
          "cannot use one half of a key",
          "set both, best as env:NAME or file:PATH, or neither to let the AWS SDK find one");
    }
    return accessKey.flatMap(
        access -> secretKey.map(secret -> new Config.BucketKey(access.reveal(), secret)));
  }

  private static Config.BucketEncryption encryption(SettingReader in) {
    String text = in.text(AT + "sse");
    String[] parts = text.split(":", 2);
    String keyId = parts.length == 2 ? parts[1] : "";
    return switch (parts[0].toLowerCase(Locale.ROOT)) {
      case "" -> new Config.BucketEncryption(Config.BucketEncryption.Kind.OF_BUCKET, "");
      case "aes256" -> new Config.BucketEncryption(Config.BucketEncryption.Kind.AES256, "");
      case "kms" -> new Config.BucketEncryption(Config.BucketEncryption.Kind.KMS, keyId);
      default -> {
        in.fault(
            AT + "sse", "cannot use \"" + text + "\"", "write aes256, kms, kms:KEY_ID or nothing");
        yield new Config.BucketEncryption(Config.BucketEncryption.Kind.OF_BUCKET, "");
      }
    };
  }
}
