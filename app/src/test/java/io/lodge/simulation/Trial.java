package io.lodge.simulation;

import java.util.function.LongFunction;

/** A seed, for those who cannot see the types of this loader: empty, or what was broken. */
public final class Trial implements LongFunction<String> {
  @Override
  public String apply(long seed) {
    try {
      Simulation.run(seed, false);
      return "";
    } catch (Broken broken) {
      return String.valueOf(broken.getMessage());
    }
  }
}
