package io.lodge.simulation;

import java.util.EnumMap;
import java.util.Map;
import java.util.function.Supplier;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.stream.LongStream;

/**
 * Many seeds, and what they did together.
 *
 * @param seeds how many ran
 * @param records that clients sent
 * @param steps that threads took
 * @param operations of the disk
 * @param faults by kind
 */
record Seeds(long seeds, long records, long steps, long operations, Map<Fault, Integer> faults) {
  /** Kept, for the level of a logger that nobody holds is forgotten. */
  private static final Logger PRODUCT = Logger.getLogger("io.lodge");

  private static final Seeds NONE = new Seeds(0, 0, 0, 0, Map.of());

  private static Seeds of(Simulation.Result result) {
    return new Seeds(1, result.records(), result.steps(), result.operations(), result.faults());
  }

  private Seeds and(Seeds other) {
    Map<Fault, Integer> both = new EnumMap<>(Fault.class);
    both.putAll(faults);
    other.faults.forEach((fault, count) -> both.merge(fault, count, Integer::sum));
    return new Seeds(
        seeds + other.seeds,
        records + other.records,
        steps + other.steps,
        operations + other.operations,
        both);
  }

  /**
   * Runs seeds, on all cores; what the product logs of all the trouble is not shown.
   *
   * @throws Failed for the first that breaks a promise, with its trace
   */
  static Seeds run(long first, long count) {
    return quietly(() ->
        LongStream.range(first, first + count)
            .parallel()
            .mapToObj(Seeds::run)
            .reduce(NONE, Seeds::and));
  }

  private static Seeds run(long seed) {
    try {
      return of(Simulation.run(seed, false));
    } catch (Broken broken) {
      Simulation.run(seed, true);
      throw broken; // and did not the second time, which is worse
    }
  }

  /** Does something that would fill the log. */
  static <T> T quietly(Supplier<T> what) {
    Level before = PRODUCT.getLevel();
    PRODUCT.setLevel(Level.OFF);
    try {
      return what.get();
    } finally {
      PRODUCT.setLevel(before);
    }
  }
}
