package io.lodge.base.net;

import java.util.Optional;

/** Says whose key was presented. Must compare in constant time and must not block. */
@FunctionalInterface
public interface KeyCheck {

  /** The tenant where no keys are configured. */
  String DEFAULT_TENANT = "default";

  /** Asks for no key: every request is the default tenant's. */
  KeyCheck OPEN = presented -> Optional.of(DEFAULT_TENANT);

  /**
   * The tenant of a key.
   *
   * @param presented the key as sent; empty if none was
   * @return the tenant whose key it is; empty if it is nobody's
   */
  Optional<String> tenantOf(String presented);
}
