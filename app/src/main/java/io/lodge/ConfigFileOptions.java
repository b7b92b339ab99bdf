package io.lodge;

import io.lodge.config.Config;
import io.lodge.config.ConfigSource;
import io.lodge.config.HostPort;
import io.lodge.config.InvalidConfigException;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The options of commands that only need to know where Lodge listens. */
@SuppressWarnings("NullAway.Init") // picocli sets fields
class ConfigFileOptions {
  @Option(
      names = "--config",
      paramLabel = "FILE",
      description = "YAML file with what differs from the defaults. Or LODGE_CONFIG.")
  private @Nullable Path file;

  @Option(
      names = "--set",
      paramLabel = "KEY=VALUE",
      description = "Set one option, over the file. Repeatable.")
  private List<String> overrides = List.of();

  /** What these options say, for a process that opens no listener. */
  ConfigSource source(Terminal terminal) {
    return source(terminal, Optional.empty(), true);
  }

  final ConfigSource source(Terminal terminal, Optional<String> data, boolean insecure) {
    Optional<Path> named = file().or(() -> terminal.variable("LODGE_CONFIG").map(Path::of));
    return new ConfigSource(named, data, overrides, insecure, terminal.environment());
  }

  /** The file that the command line names. */
  Optional<Path> file() {
    return Optional.ofNullable(file);
  }

  Config load(Terminal terminal) throws InvalidConfigException {
    return Config.load(source(terminal));
  }

  /** The URL a client on this machine uses for a listener. */
  static URI urlOf(HostPort listener, boolean tls) {
    String host =
        switch (listener.host()) {
          case "0.0.0.0" -> "127.0.0.1";
          case "::" -> "::1";
          default -> listener.host();
        };
    return URI.create((tls ? "https://" : "http://") + new HostPort(host, listener.port()));
  }
}
