package io.lodge;

import io.lodge.config.ConfigSource;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The options of commands that run Lodge, or parts of it, on its data. */
class ConfigOptions extends ConfigFileOptions {
  @Option(
      names = "--data",
      paramLabel = "DIR",
      description = "Folder for everything Lodge keeps. Short for --set data=DIR.")
  private @Nullable String data;

  @Option(
      names = "--insecure",
      description = "Let listeners that others can reach go without keys.")
  private boolean insecure;

  @Override
  ConfigSource source(Terminal terminal) {
    return source(terminal, Optional.ofNullable(data), insecure);
  }
}
