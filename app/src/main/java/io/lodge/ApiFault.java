package io.lodge;

import java.util.Map;
import java.util.Optional;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;

/** What the API answers instead of a result: JSON for programs, of which people want a sentence. */
final class ApiFault {
  private ApiFault() {}

  /** The message in {@code {"error":{"code":…,"message":…}}}; empty if the text is none. */
  static Optional<String> messageIn(String answer) {
    if (!answer.startsWith("{")) {
      return Optional.empty();
    }
    try {
      // JSON is YAML, and its reader is here.
      Object read = new Load(LoadSettings.builder().build()).loadFromString(answer);
      return read instanceof Map<?, ?> whole
              && whole.get("error") instanceof Map<?, ?> error
              && error.get("message") instanceof String message
          ? Optional.of(message)
          : Optional.empty();
    } catch (YamlEngineException notJson) {
      return Optional.empty();
    }
  }
}
