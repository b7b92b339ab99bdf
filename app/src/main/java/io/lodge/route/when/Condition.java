package io.lodge.route.when;

import java.util.EnumMap;
import java.util.Map;

/**
 * A compiled condition, taken apart by what its conjuncts need: what asks for the resource alone is
 * tested once for the resource. Immutable; any number of threads may test it.
 */
public final class Condition {
  /** Holds for every record. */
  public static final Condition ALWAYS = new Condition(new EnumMap<>(Level.class));

  private final Map<Level, Test> conjuncts;

  private Condition(Map<Level, Test> conjuncts) {
    this.conjuncts = conjuncts;
  }

  static Condition of(Test whole) {
    Map<Level, Test> conjuncts = new EnumMap<>(Level.class);
    split(whole, conjuncts);
    return new Condition(conjuncts);
  }

  private static void split(Test test, Map<Level, Test> conjuncts) {
    if (test instanceof Test.And both) {
      split(both.left(), conjuncts);
      split(both.right(), conjuncts);
    } else {
      conjuncts.merge(test.level(), test, Test.And::new);
    }
  }

  /** Whether something has to be tested for each of these. */
  public boolean asks(Level level) {
    return conjuncts.containsKey(level);
  }

  /**
   * Tests what this level decides. The condition holds if all of its levels do, see {@link
   * Truth#and}.
   */
  public Truth test(Level level, Evaluation in) {
    Test test = conjuncts.get(level);
    return test == null ? Truth.TRUE : test.of(in);
  }
}
