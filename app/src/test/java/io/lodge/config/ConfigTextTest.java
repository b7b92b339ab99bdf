package io.lodge.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class ConfigTextTest {
  @TempDir Path folder;

  @Test
  void theDocumentIsWhatDefaultYamlSays() throws Exception {
    Path document = Path.of("..", "docs", "configuration.md");
    assertThat(Files.readString(document))
        .as("docs/configuration.md is stale; render it: %s", ConfigMarkdown.COMMAND)
        .isEqualTo(ConfigMarkdown.render());
  }

  @Test
  void theDocumentHasEveryKey() throws Exception {
    String document = ConfigMarkdown.render();
    for (String key : Settings.load(Source.set()).defaults().keySet()) {
      assertThat(document).contains("**`" + key + "`**");
    }
  }

  @Test
  void whatIsPrintedReadsBackAsTheSame() throws Exception {
    ConfigSource source =
        Source.set(
            "api.listen=[::1]:9",
            "query.max_time=90s",
            "clickhouse.url=[http://a:8123]",
            "clickhouse.user=a \"b\"",
            "data=/d");
    String printed = ConfigText.effective(source);
    assertThat(printed).contains("listen: \"[::1]:9\"  # --set api.listen");
    Path file = Files.writeString(folder.resolve("lodge.yaml"), printed);
    Config again = Config.load(Source.file(file));
    assertThat(again.clickhouse()).isEqualTo(Config.load(source).clickhouse());
    assertThat(again.api()).isEqualTo(Config.load(source).api());
    assertThat(again.query()).isEqualTo(Config.load(source).query());
  }
}
