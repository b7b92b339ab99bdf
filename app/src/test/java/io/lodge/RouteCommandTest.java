package io.lodge;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RouteCommandTest {
  private static final String RULES =
      """
      route:
        rules:
          - name: no-pins
            when: resource.attributes["service.name"] == "shop"
            redact: {pattern: 'pin \\d+', with: 'pin ****', in: body}
          - name: quiet
            when: record.body == "gone"
            drop: true
      """;

  @TempDir Path folder;
  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final ByteArrayOutputStream err = new ByteArrayOutputStream();

  private int run(String... arguments) {
    Terminal terminal =
        new Terminal(
            new ByteArrayInputStream(new byte[0]),
            new PrintStream(out, true, StandardCharsets.UTF_8),
            new PrintStream(err, true, StandardCharsets.UTF_8),
            Map.of("HOME", folder.toString()),
            false);
    return Main.run(terminal, arguments);
  }

  private String file(String name, String text) throws IOException {
    return Files.writeString(folder.resolve(name), text).toString();
  }

  @Test
  void showsWhichRuleFiredAndWhatCameOut() throws IOException {
    String samples = file("lines.txt", "my pin 1234\ngone\n\n{\"a\":{\"b\":1}}\n");
    int code =
        run(
            "route",
            "test",
            samples,
            "--rules",
            file("rules.yaml", RULES),
            "--resource",
            "service.name=shop");
    assertThat(err.toString(StandardCharsets.UTF_8)).isEmpty();
    assertThat(code).isZero();
    assertThat(out.toString(StandardCharsets.UTF_8))
        .contains(
            "record 1 → otel.generic_logs",
            "- body                 my pin 1234",
            "+ body                 my pin ****",
            "record 2 → dropped",
            "no-pins, quiet",
            "json-bodies, no-pins",
            "+ a.b                  1",
            "3 records, dropped 1, otel.generic_logs 2");
  }

  @Test
  void readsRequestsWholeOrLineByLine() throws IOException {
    String request =
        """
        {"resourceLogs":[{"scopeLogs":[{"logRecords":[
          {"body":{"stringValue":"gone"}},{"body":{"stringValue":"here"}}]}]}]}
        """;
    String rules = file("rules.yaml", RULES);
    assertThat(run("route", "test", file("whole.json", request), "--rules", rules)).isZero();
    String line = request.replace("\n", "") + "\n";
    assertThat(run("route", "test", file("lines.json", line + line), "--rules", rules)).isZero();
    assertThat(out.toString(StandardCharsets.UTF_8))
        .contains("2 records, dropped 1", "4 records, dropped 2");
  }

  @Test
  void rulesThatDoNotCompileAreRefusedEverywhere() throws IOException {
    String rules = file("rules.yaml", RULES.replace("record.body", "record.bdy"));
    assertThat(run("route", "test", file("a", "x"), "--rules", rules)).isEqualTo(2);
    assertThat(run("config", "check", "--config", rules)).isEqualTo(2);
    assertThat(run("up", "--config", rules, "--data", folder.toString())).isNotZero();
    assertThat(err.toString(StandardCharsets.UTF_8))
        .contains("rules.yaml:7:13: route.rules: cannot compile the condition: at 1:1");
  }

  @Test
  void showPrintsTheBuiltInRules() {
    assertThat(run("route", "show")).isZero();
    assertThat(out.toString(StandardCharsets.UTF_8)).contains("name: clickhouse-server");
  }
}
