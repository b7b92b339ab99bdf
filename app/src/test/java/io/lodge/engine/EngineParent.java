package io.lodge.engine;

import io.lodge.base.FreePorts;
import java.nio.file.Path;
import java.time.Duration;

/** A process that starts an engine, prints its process id and waits to be killed. */
final class EngineParent {
  private EngineParent() {}

  public static void main(String[] args) throws Exception {
    EngineOptions options =
        TestEngine.options(Path.of(args[0]), Integer.parseInt(args[1]), FreePorts.one());
    try (Engine engine = TestEngine.start(options)) {
      System.out.println(engine.pid());
      Thread.sleep(Duration.ofMinutes(5));
    }
  }
}
