package io.lodge;

import io.lodge.config.Secret;
import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The key a client presents: from {@code --key}, or else from {@code LODGE_KEY}. */
final class AccessKeyOption {
  private AccessKeyOption() {}

  static Optional<Secret> resolve(@Nullable String given, Terminal terminal)
      throws CommandException {
    Optional<String> text = Optional.ofNullable(given).or(() -> terminal.variable("LODGE_KEY"));
    if (text.isEmpty()) {
      return Optional.empty();
    }
    try {
      Optional<Secret> key =
          Secret.find(text.get(), Path.of("").toAbsolutePath(), terminal.environment());
      if (key.isPresent() && !key.get().reveal().matches("[!-~]+")) {
        throw new CommandException(
            ExitCodes.USAGE, "cannot use the key: it has characters that no key has; check --key");
      }
      return key;
    } catch (IllegalArgumentException e) {
      throw new CommandException(ExitCodes.USAGE, String.valueOf(e.getMessage()));
    }
  }
}
