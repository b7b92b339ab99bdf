package io.lodge.config;

import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/** A password. It shows itself only when asked to by name. */
public final class Secret {
  private final String value;

  public Secret(String value) {
    this.value = value;
  }

  /**
   * The secret that {@code text} is, or that it points at with {@code env:NAME} or {@code
   * file:PATH}; empty where the text is.
   *
   * @param folder where a relative path starts
   * @throws IllegalArgumentException where there is none; the message says what to do
   */
  public static Optional<Secret> find(String text, Path folder, Map<String, String> environment) {
    try {
      return Secrets.resolve(text, folder, environment);
    } catch (BadValueException e) {
      throw new IllegalArgumentException(e.problem() + "; " + e.remedy(), e);
    }
  }

  /** The password itself: hand it on, never log it. */
  public String reveal() {
    return value;
  }

  @Override
  public String toString() {
    return "***";
  }
}
