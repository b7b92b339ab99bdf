package io.lodge.engine;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** Starts the child. */
final class EngineProcess {
  private EngineProcess() {}

  /**
   * Starts {@link EngineHost} in a JVM of its own.
   *
   * @param mode the host's arguments
   */
  static Process start(List<String> mode, Path output) throws IOException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(
        List.of(
            "-Xmx64m",
            "-XX:+UseSerialGC",
            "-XX:TieredStopAtLevel=1",
            "--enable-native-access=ALL-UNNAMED",
            "-XX:ErrorFile=" + output.resolveSibling("crash-%p.log"),
            "-cp",
            System.getProperty("java.class.path"),
            EngineHost.class.getName()));
    return new ProcessBuilder(Stream.concat(command.stream(), mode.stream()).toList())
        .redirectErrorStream(true)
        .redirectOutput(output.toFile())
        .start();
  }
}
