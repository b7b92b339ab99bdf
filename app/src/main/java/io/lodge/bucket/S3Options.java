package io.lodge.bucket;

import java.net.URI;
import java.time.Duration;
import java.util.Optional;

/**
 * Which bucket, and how it is spoken to.
 *
 * @param endpoint empty: Amazon's own, by region
 * @param prefix what the names of all objects begin with: empty, or ending with a slash
 * @param pathStyle whether the bucket's name is part of the path and not of the host
 * @param credentials empty: those that the SDK finds by itself
 * @param encryption asked of the server for every object
 * @param connectTimeout longest wait for a connection
 * @param silenceTimeout longest wait for the next bytes of an answer
 * @param callTimeout longest time of a call that moves no segment
 * @param bytesPerSecondMin a transfer that is slower than this ends, {@code callTimeout} added
 */
public record S3Options(
    Optional<URI> endpoint,
    String region,
    String bucket,
    String prefix,
    boolean pathStyle,
    Optional<Credentials> credentials,
    Encryption encryption,
    Duration connectTimeout,
    Duration silenceTimeout,
    Duration callTimeout,
    long bytesPerSecondMin) {

  /** A key and its secret. */
  public record Credentials(String accessKey, String secretKey) {
    /** Without the secret. */
    @Override
    public String toString() {
      return accessKey + ":***";
    }
  }

  /** Encryption by the server. */
  public sealed interface Encryption {
    /** What the bucket does by default. */
    record OfBucket() implements Encryption {}

    /** With keys that the server keeps (SSE-S3). */
    record Aes256() implements Encryption {}

    /**
     * With a key of a key management service (SSE-KMS).
     *
     * @param keyId empty: the service's key for S3
     */
    record Kms(String keyId) implements Encryption {}
  }

  /** How long a transfer of so many bytes may take. */
  Duration transferTimeout(long bytes) {
    return callTimeout.plusMillis(1000 * bytes / bytesPerSecondMin);
  }
}
