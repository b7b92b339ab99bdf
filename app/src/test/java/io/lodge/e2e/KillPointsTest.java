package io.lodge.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import io.lodge.engine.Engine;
import io.lodge.engine.TestEngine;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.jar.Attributes;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A gateway under load is killed at every point where its journal and ClickHouse may disagree, and
 * starts again. More rounds: {@code -Dlodge.kill.rounds=20}.
 */
class KillPointsTest {
  private static final int ROUNDS = Integer.getInteger("lodge.kill.rounds", 1);
  private static final int PRODUCERS = 4;
  private static final int REQUEST_RECORDS = 25;

  @TempDir Path folder;
  private final SplittableRandom random = new SplittableRandom(4);

  @Test
  void nothingIsLostOrDoubledWhereverTheGatewayIsKilled() throws IOException {
    Path agent = agentJar();
    Ledger ledger = new Ledger("kill-points");
    try (Engine engine = TestEngine.start(folder.resolve("engine"));
        RunningLodge lodge = start(engine);
        Load load = Load.start(ledger, lodge.at(), PRODUCERS, REQUEST_RECORDS)) {
      load.awaitAcknowledged(500);
      lodge.kill();
      for (int round = 0; round < ROUNDS; round++) {
        for (KillPoint point : KillPoint.values()) {
          if (point.needsAnOpenSegment) {
            killAt(KillPoint.ANSWERED, lodge, agent);
          }
          killAt(point, lodge, agent);
        }
      }
      lodge.restart();
      load.awaitAcknowledged(500);
      load.stop();
      lodge.awaitEmptyJournal();
      ledger.assertExact(lodge.reader());
      assertThat(lodge.metric("lodge_segments_quarantined_total")).isZero();
    }
  }

  private void killAt(KillPoint point, RunningLodge lodge, Path agent) {
    String at = point.at(random.nextInt(1, point.timesMax + 1));
    assertThat(lodge.untilItDies(List.of("-javaagent:" + agent + "=" + at)))
        .as("exit code at %s; it said:\n%s", at, lodge.output())
        .isEqualTo(KillAgent.EXIT_CODE);
  }

  private RunningLodge start(Engine engine) {
    List<String> settings =
        new ArrayList<>(LocalLodge.external(engine.endpoint().url(), engine.endpoint()));
    settings.add("journal.segment_age=100ms");
    return RunningLodge.start(folder, settings.toArray(String[]::new));
  }

  /** A jar that only says which class the agent is: that itself is on the class path. */
  private Path agentJar() throws IOException {
    Path jar = folder.resolve("agent.jar");
    Manifest manifest = new Manifest();
    manifest.getMainAttributes().put(Attributes.Name.MANIFEST_VERSION, "1.0");
    manifest.getMainAttributes().putValue("Premain-Class", KillAgent.class.getName());
    try (OutputStream out = Files.newOutputStream(jar)) {
      new JarOutputStream(out, manifest).close();
    }
    return jar;
  }
}
