package io.lodge.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.Arrays;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.LongFunction;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The simulation finds the bugs that are put into the product on purpose. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class MutationTest {
  /** The rarest takes a disk that fills up at one certain write. */
  private static final int SEEDS_MAX = 400;

  private Map<Mutation, Found> found = Map.of();

  private static final Found NOTHING = new Found(-1, "nothing");

  /** Which seed broke which promise; -1 if none did. */
  private record Found(long seed, String what) {}

  @BeforeAll
  void findAll() {
    found =
        Seeds.quietly(() ->
            Arrays.stream(Mutation.values())
                .parallel()
                .collect(Collectors.toConcurrentMap(mutation -> mutation, MutationTest::find)));
  }

  private static Found find(Mutation mutation) {
    try {
      LongFunction<String> trial = MutatedProduct.with(mutation).trial();
      return mutation
          .seeds()
          .limit(SEEDS_MAX)
          .mapToObj(seed -> new Found(seed, trial.apply(seed)))
          .filter(one -> !one.what.isEmpty())
          .findFirst()
          .orElse(NOTHING);
    } catch (IOException | AssertionError e) {
      return new Found(-1, String.valueOf(e.getMessage())); // its own test says so
    }
  }

  @ParameterizedTest
  @EnumSource
  void isCaught(Mutation mutation) {
    Found by = found.getOrDefault(mutation, NOTHING);
    System.out.printf("%-30s seed %3d %s%n", mutation, by.seed, by.what);
    assertThat(mutation.breaks()).as(mutation.what()).anyMatch(p -> by.what.startsWith(p + ":"));
  }

  /** The very seeds that were tried on the changed ones. */
  @Test
  void theProductAsItIsPassesTheSameSeeds() {
    LongFunction<String> trial = MutatedProduct.unchanged().trial();
    Set<Long> seeds = new TreeSet<>();
    found.forEach(
        (mutation, by) -> mutation.seeds().takeWhile(seed -> seed <= by.seed).forEach(seeds::add));
    Seeds.quietly(() -> {
      assertThat(seeds.parallelStream().map(trial::apply)).isNotEmpty().allMatch(String::isEmpty);
      return true;
    });
  }
}
