package io.lodge.api;

import java.util.Optional;
import java.util.function.Supplier;

/**
 * One thing that {@code /readyz} tells of.
 *
 * @param name as shown
 * @param fault why it is not as it should be, for the operator; empty if it is. May block for a
 *     moment
 * @param needed whether it must be so before traffic makes sense
 */
public record ReadyCheck(String name, Supplier<Optional<String>> fault, boolean needed) {

  /** What must be so before traffic makes sense. */
  public ReadyCheck(String name, Supplier<Optional<String>> fault) {
    this(name, fault, true);
  }

  /** What an operator should know of, and traffic need not mind. */
  public static ReadyCheck note(String name, Supplier<Optional<String>> fault) {
    return new ReadyCheck(name, fault, false);
  }
}
