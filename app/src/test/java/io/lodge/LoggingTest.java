package io.lodge;

import static org.assertj.core.api.Assertions.assertThat;

import io.lodge.config.Config;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.logging.LogManager;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

final class LoggingTest {
  private final ByteArrayOutputStream err = new ByteArrayOutputStream();

  @AfterEach
  void asItWas() throws IOException {
    LogManager.getLogManager().readConfiguration();
  }

  @Test
  void eachRecordIsOneLineWithTimeLevelAndRoom() {
    Logging.start(Config.Level.INFO, err);
    LoggerFactory.getLogger("io.lodge.journal.Segment")
        .warn("two\nlines of {}", "text", new IOException("disk", new IOException("gone")));
    assertThat(err.toString(StandardCharsets.UTF_8))
        .matches(
            "\\d{4}-\\d\\d-\\d\\dT\\S+Z WARN  journal: two lines of text: java.io.IOException: disk:"
                + " java.io.IOException: gone\\R");
  }

  @Test
  void levelIsTheConfigurationsAndLibrariesOnlyWarn() {
    Logging.start(Config.Level.DEBUG, err);
    LoggerFactory.getLogger("io.lodge.deliver.Lane").debug("shown");
    LoggerFactory.getLogger("io.lodge.deliver.Lane").trace("hidden");
    LoggerFactory.getLogger("io.netty.channel.Loop").info("hidden");
    LoggerFactory.getLogger("com.linecorp.armeria.Server").warn("heard");
    assertThat(err.toString(StandardCharsets.UTF_8))
        .contains("DEBUG deliver: shown", "WARN  com.linecorp.armeria.Server: heard")
        .doesNotContain("hidden");
  }
}
