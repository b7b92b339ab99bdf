package io.lodge.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.EnumSet;
import org.junit.jupiter.api.Test;

class SimulationTest {
  /** As many as {@code ./verify} has time for; {@code ./simulate} runs any number. */
  private static final int SEEDS = 2000;

  @Test
  void everyPromiseIsKeptUnderThousandsOfSeeds() {
    Seeds seeds = Seeds.run(0, SEEDS);
    assertThat(seeds.seeds()).isEqualTo(SEEDS);
    assertThat(seeds.faults().keySet()).isEqualTo(EnumSet.allOf(Fault.class));
  }

  @Test
  void theSameSeedGivesTheSameRun() {
    Seeds.quietly(() -> {
      for (long seed = 0; seed < 40; seed++) {
        String trace = Simulation.run(seed, true).trace();
        assertThat(trace).contains("nothing fails any more").hasSizeGreaterThan(1000);
        assertThat(Simulation.run(seed, true).trace()).isEqualTo(trace);
      }
      return true;
    });
  }
}
