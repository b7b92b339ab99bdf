package io.lodge.e2e;

import io.lodge.config.AccessKey;
import io.lodge.config.Secret;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The Logs page in a real Chromium, on a Lodge that holds an hour of a shop's telemetry. */
class UiLogsTest {
  /** Enough for several pages of the table, and for an hour to look like one. */
  private static final int REQUESTS = 2_500;

  @TempDir Path folder;

  @BeforeAll
  static void needsChromium() {
    UiScript.needsChromium();
  }

  @Test
  void asksForAKeyWhereTheApiDoes() throws Exception {
    Secret key = AccessKey.generate(AccessKey.Kind.QUERY);
    String keys =
        "auth.keys=[{name: people, kind: query, hash: \"%s\"}]".formatted(AccessKey.hashOf(key));
    try (RunningLodge lodge = RunningLodge.start(folder, keys)) {
      UiScript.run("keys.mjs", lodge.at().apiUrl(), key.reveal());
    }
  }

  @Test
  void everyClaimAboutThePageHolds() throws Exception {
    try (RunningLodge lodge = RunningLodge.start(folder, "journal.segment_age=50ms")) {
      UiScript.run("shop.mjs", lodge.at().otlpHttpUrl(), 60, REQUESTS);
      lodge.awaitEmptyJournal();
      UiScript.run("logs.mjs", lodge.at().apiUrl(), lodge.at().otlpHttpUrl());
    }
  }
}
