package io.lodge.simulation;

import java.util.Map;

/** A seed that fails, with all that is needed to see why. */
final class Failed extends AssertionError {
  private static final long serialVersionUID = 1;

  private final long seed;

  Failed(long seed, Broken broken, Map<Fault, Integer> faults, String trace) {
    super(
        "seed %d: %s%nfaults: %s%n%s%nagain: ./simulate 1 %d"
            .formatted(seed, broken.getMessage(), faults, trace, seed),
        broken);
    this.seed = seed;
  }

  long seed() {
    return seed;
  }
}
