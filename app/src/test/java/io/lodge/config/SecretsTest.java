package io.lodge.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class SecretsTest {
  private static final String PASSWORD = "hunter2: #not yaml";

  @TempDir Path folder;

  @Test
  void literalEnvironmentAndFileAreResolved() throws Exception {
    Path file = Files.writeString(folder.resolve("password"), "from file\n");
    Config config =
        Config.load(
            Source.environment(
                Map.of("HOME", "/home/ada", "CH_PASSWORD", "from env"),
                "clickhouse.password=env:CH_PASSWORD",
                "clickhouse.reader_password=file:" + file,
                "engine.reader_password=" + PASSWORD));
    assertThat(config.clickhouse().password().orElseThrow().reveal()).isEqualTo("from env");
    assertThat(config.clickhouse().readerPassword().orElseThrow().reveal()).isEqualTo("from file");
    assertThat(config.engine().readerPassword().orElseThrow().reveal()).isEqualTo(PASSWORD);
  }

  @Test
  void secretsAreNeverPrinted() throws Exception {
    ConfigSource source =
        Source.set("clickhouse.password=" + PASSWORD, "engine.reader_password=" + PASSWORD);
    assertThat(Config.load(source).toString()).contains("***").doesNotContain("hunter2");
    assertThat(source.toString()).doesNotContain("hunter2");
    assertThat(ConfigText.effective(source))
        .contains("password: \"***\"  # --set clickhouse.password")
        .doesNotContain("hunter2");
  }

  @Test
  void secretsAreNotInFaultsEither() {
    assertThatThrownBy(() ->
            Config.load(
                Source.set(
                    "clickhouse.pasword=hunter2",
                    "clickhouse.url=http://lodge:hunter2@ch:8123",
                    "=hunter2",
                    "auth.keys=[{name: a, kind: hunter2, hash: hunter2, tokn: hunter2}]",
                    "clickhouse.password=env:NOT_SET",
                    "clickhouse.reader_password=file:/nowhere/secret")))
        .isInstanceOf(InvalidConfigException.class)
        .hasMessageContaining("did you mean clickhouse.password?")
        .hasMessageContaining("set clickhouse.user and clickhouse.password instead")
        .hasMessageContaining("environment variable NOT_SET")
        .hasMessageContaining("cannot read the secret from /nowhere/secret")
        .hasMessageContaining("cannot read the hash")
        .hasMessageNotContaining("hunter2");
  }

  @Test
  void listInPlaceOfAPasswordIsNotShown() throws Exception {
    Path file = Files.writeString(folder.resolve("l.yaml"), "clickhouse.password: [hunter2]");
    assertThatThrownBy(() -> Config.load(Source.file(file)))
        .hasMessageContaining("cannot read a list here")
        .hasMessageNotContaining("hunter2");
  }
}
