package io.lodge.journal;

import java.io.IOException;
import java.time.InstantSource;
import java.util.random.RandomGenerator;

/** Opens a real journal on a disk that is not. */
public final class SimulatedJournal {
  private SimulatedJournal() {}

  /**
   * A journal on this disk.
   *
   * @throws JournalFailure if it cannot be opened
   */
  public static Journal open(
      SimulatedDisk disk, JournalOptions options, InstantSource clock, RandomGenerator random) {
    try {
      return Journal.open(disk, options, clock, random);
    } catch (IOException e) {
      throw new JournalFailure("cannot open the simulated journal", e);
    }
  }
}
