package io.lodge.config;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Finds the secret a setting points at. Messages name the place, never the secret. */
final class Secrets {
  /** The keys that are never printed. */
  static final Set<String> KEYS =
      Set.of(
          "engine.reader_password",
          "clickhouse.password",
          "clickhouse.reader_password",
          "analytics.pseudonym_key",
          "analytics.team_retention.password",
          "journal.bucket.access_key",
          "journal.bucket.secret_key",
          "canary.key");

  private static final String ENV = "env:";
  private static final String FILE = "file:";

  private Secrets() {}

  static Optional<Secret> resolve(String text, Path folder, Map<String, String> environment)
      throws BadValueException {
    if (text.isEmpty()) {
      return Optional.empty();
    }
    if (text.startsWith(ENV)) {
      return Optional.of(fromEnvironment(text.substring(ENV.length()), environment));
    }
    if (text.startsWith(FILE)) {
      String name = text.substring(FILE.length());
      return Optional.of(fromFile(Paths.resolve(name, folder, environment)));
    }
    return Optional.of(new Secret(text));
  }

  /** As it may be shown: a reference as it stands, a secret masked. */
  static String masked(String text) {
    boolean reference = text.isEmpty() || text.startsWith(ENV) || text.startsWith(FILE);
    return reference ? text : "***";
  }

  private static Secret fromEnvironment(String name, Map<String, String> environment)
      throws BadValueException {
    String value = environment.get(name);
    if (value == null || value.isEmpty()) {
      throw new BadValueException(
          "cannot find the environment variable " + name, "set it before starting Lodge");
    }
    return new Secret(value);
  }

  /** The file's text; one line break at its end is not part of the secret. */
  private static Secret fromFile(Path file) throws BadValueException {
    try {
      String text = Files.readString(file).replaceFirst("\\R\\z", "");
      if (text.isEmpty()) {
        throw new BadValueException(
            "cannot use " + file + ": it is empty", "write the secret to it");
      }
      return new Secret(text);
    } catch (IOException e) {
      throw new BadValueException(
          "cannot read the secret from " + file, "make it a UTF-8 file this user may read");
    }
  }
}
