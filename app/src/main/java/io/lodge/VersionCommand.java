package io.lodge;

import io.lodge.engine.EngineLibrary;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;

/** {@code lodge version}. */
@Command(
    name = "version",
    description = "Print the versions of Lodge, Java and the embedded engine.",
    footer = "  lodge version",
    exitCodeList = "0:printed")
final class VersionCommand implements Callable<Integer> {
  private final Terminal terminal;

  VersionCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public Integer call() {
    Build build = Build.ofThisJar();
    terminal
        .out()
        .println("lodge " + build.version() + build.revision().map(r -> " (" + r + ")").orElse(""));
    terminal.out().println("java " + Runtime.version() + " " + System.getProperty("java.vendor"));
    terminal
        .out()
        .println(
            "engine ClickHouse %s (libchdb %s)"
                .formatted(EngineLibrary.CLICKHOUSE_VERSION, EngineLibrary.VERSION));
    return ExitCodes.DONE;
  }
}
