package io.lodge.config;

import java.security.MessageDigest;
import java.util.List;
import java.util.Optional;

/** The keys that open listeners. Immutable; safe to use from any thread. */
public final class AccessKeys {
  private record Known(AccessKey key, byte[] digest) {}

  private final List<Known> keys;

  public AccessKeys(List<AccessKey> keys) {
    this.keys = keys.stream().map(key -> new Known(key, key.digest())).toList();
  }

  /** True where a listener of this kind must ask for a key: some key of the kind exists. */
  public boolean required(AccessKey.Kind kind) {
    return keys.stream().anyMatch(known -> known.key.kind() == kind);
  }

  /**
   * The key that was presented, if it opens this kind. Takes as long for a wrong key as for a right
   * one: every known key is compared, each in constant time.
   */
  public Optional<AccessKey> find(String presented, AccessKey.Kind kind) {
    byte[] digest = AccessKey.sha256(presented);
    Optional<AccessKey> found = Optional.empty();
    for (Known known : keys) {
      boolean same = MessageDigest.isEqual(known.digest, digest);
      if (same && known.key.kind() == kind) {
        found = Optional.of(known.key);
      }
    }
    return found;
  }

  /** Names and kinds only. */
  @Override
  public String toString() {
    return keys.stream().map(known -> known.key.name() + " (" + known.key.kind() + ")").toList()
        + "";
  }
}
