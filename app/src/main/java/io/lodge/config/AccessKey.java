package io.lodge.config;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.HexFormat;
import java.util.regex.Pattern;

/**
 * What is known of an access key: never the key itself.
 *
 * @param name for people, in logs and metrics
 * @param kind what it opens
 * @param hash {@code sha256:} and 64 hexadecimal digits, of the key's UTF-8 bytes. A plain hash is
 *     enough, as keys are 256 random bits and cannot be guessed.
 * @param tenant whose data it sends or reads; at most 255 UTF-8 bytes
 */
public record AccessKey(String name, Kind kind, String hash, String tenant) {
  /** The tenant of keys that name none, and of listeners that ask for no key. */
  public static final String DEFAULT_TENANT = "default";

  static final int TENANT_BYTES_MAX = 255;

  private static final String HASH_PREFIX = "sha256:";
  private static final Pattern HASH = Pattern.compile("sha256:[0-9a-f]{64}");
  private static final int RANDOM_BYTES = 32;

  /** What a key opens. */
  public enum Kind {
    /** Sending to {@code receive.*}. */
    INGEST("lodge_ing_"),
    /** Reading from {@code api.*}. */
    QUERY("lodge_qry_");

    private final String prefix;

    Kind(String prefix) {
      this.prefix = prefix;
    }
  }

  public AccessKey {
    if (!isHash(hash)) {
      throw new IllegalArgumentException("unexpected hash; want sha256: and 64 hexadecimal digits");
    }
  }

  /** Whether this can be a tenant's name. */
  static boolean isTenant(String text) {
    int bytes = text.getBytes(StandardCharsets.UTF_8).length;
    return bytes > 0 && bytes <= TENANT_BYTES_MAX;
  }

  static boolean isHash(String text) {
    return HASH.matcher(text).matches();
  }

  /** A new random key of this kind: 256 bits, to be shown once. */
  public static Secret generate(Kind kind) {
    byte[] random = new byte[RANDOM_BYTES];
    new SecureRandom().nextBytes(random);
    return new Secret(kind.prefix + Base64.getUrlEncoder().withoutPadding().encodeToString(random));
  }

  /** What the configuration keeps of a key. */
  public static String hashOf(Secret key) {
    return HASH_PREFIX + HexFormat.of().formatHex(sha256(key.reveal()));
  }

  byte[] digest() {
    return HexFormat.of().parseHex(hash, HASH_PREFIX.length(), hash.length());
  }

  static byte[] sha256(String key) {
    try {
      return MessageDigest.getInstance("SHA-256").digest(key.getBytes(StandardCharsets.UTF_8));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }
}
