package io.lodge.simulation;

import java.util.logging.Level;
import java.util.logging.Logger;

/** Runs seeds from the command line: {@code ./simulate [SEEDS [FIRST]]}. */
final class Simulate {
  private Simulate() {}

  public static void main(String[] args) {
    long count = args.length > 0 ? Long.parseLong(args[0]) : 10_000;
    long first = args.length > 1 ? Long.parseLong(args[1]) : 0;
    long startNanos = System.nanoTime();
    try {
      Seeds seeds = Seeds.run(first, count);
      System.out.printf(
          "%d seeds from %d kept every promise: %d records, %d steps, %d disk operations, %.1f s%n",
          seeds.seeds(),
          first,
          seeds.records(),
          seeds.steps(),
          seeds.operations(),
          (System.nanoTime() - startNanos) / 1e9);
      seeds.faults().forEach((fault, times) -> System.out.printf("%10d %s%n", times, fault));
      if (count == 1) {
        System.out.print(Seeds.quietly(() -> Simulation.run(first, true).trace()));
      }
    } catch (Failed failed) {
      System.out.println(failed.getMessage());
      failed.printStackTrace(System.out);
      again(failed.seed());
      System.exit(1);
    }
  }

  /** Once more, for what the product logs. */
  private static void again(long seed) {
    Logger.getLogger("io.lodge").setLevel(Level.WARNING);
    try {
      Simulation.run(seed, false);
    } catch (Broken same) {
      System.out.println(same.getMessage());
    }
  }
}
