package io.lodge;

import java.io.InputStream;
import java.io.PrintStream;
import java.util.Map;
import java.util.Optional;

/**
 * Where a command reads and writes: the process's own, or a test's.
 *
 * @param in standard input
 * @param out standard output, for results and help only
 * @param err standard error, for everything people should know
 * @param environment variables
 * @param outIsTty true where a person looks at {@code out}
 */
record Terminal(
    InputStream in,
    PrintStream out,
    PrintStream err,
    Map<String, String> environment,
    boolean outIsTty) {

  static Terminal ofProcess() {
    return new Terminal(System.in, System.out, System.err, System.getenv(), Tty.isStandardOutput());
  }

  /** A variable that is set and not empty. */
  Optional<String> variable(String name) {
    return Optional.ofNullable(environment.get(name)).filter(value -> !value.isEmpty());
  }

  /** Colours help people only, and only those who did not decline them (no-color.org). */
  boolean colours() {
    return outIsTty
        && variable("NO_COLOR").isEmpty()
        && !"dumb".equals(environment.getOrDefault("TERM", "dumb"));
  }
}
