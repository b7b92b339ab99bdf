package io.lodge.route.when;

import java.util.EnumMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * A compiled condition, taken apart by what its conjuncts need: what asks for the resource alone is
 * tested once for the resource. Immutable; any number of threads may test it.
 */
public final class Condition {
  /** Holds for every record. */
  public static final Condition ALWAYS = new Condition(new EnumMap<>(Level.class), new Asked());

  private final Map<Level, Test> conjuncts;
  private final Asked asked;

  /** The values that a condition asks for, in the order of its text. */
  record Asked(Set<Field> fields, Set<Attributes> attributes) {
    Asked() {
      this(new LinkedHashSet<>(), new LinkedHashSet<>());
    }
  }

  private Condition(Map<Level, Test> conjuncts, Asked asked) {
    this.conjuncts = conjuncts;
    this.asked = asked;
  }

  static Condition of(Test whole, Asked asked) {
    Map<Level, Test> conjuncts = new EnumMap<>(Level.class);
    split(whole, conjuncts);
    return new Condition(conjuncts, asked);
  }

  /** The name of a value that it asks for and this signal's records have not. */
  public Optional<String> missingIn(Signal signal) {
    return asked.fields.stream()
        .filter(field -> !field.isOf(signal))
        .map(Field::path)
        .findFirst()
        .or(() ->
            asked.attributes.stream()
                .filter(attributes -> !attributes.isOf(signal))
                .map(Attributes::path)
                .findFirst());
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
