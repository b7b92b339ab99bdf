package io.lodge;

import io.lodge.config.Config;
import io.lodge.config.ConfigSource;
import io.lodge.config.InvalidConfigException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * A Lodge inside the test's JVM, for tests outside this package; the same parts as in a process.
 */
public final class InProcessLodge implements AutoCloseable {
  private final Lodge lodge;

  private InProcessLodge(Lodge lodge) {
    this.lodge = lodge;
  }

  /**
   * Starts it; fails the test if it cannot start.
   *
   * @param settings {@code key=value} each
   */
  public static InProcessLodge start(Path data, List<String> settings)
      throws InvalidConfigException, InterruptedException {
    Config config =
        Config.load(
            new ConfigSource(
                Optional.empty(), Optional.of(data.toString()), settings, false, System.getenv()));
    try {
      return new InProcessLodge(Lodge.start(config, System.err::println));
    } catch (CommandException e) {
      throw new AssertionError(e.getMessage(), e);
    }
  }

  @Override
  public void close() {
    lodge.close();
  }
}
