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

  private String shown(String... arguments) {
    out.reset();
    assertThat(run(arguments)).as(err.toString(StandardCharsets.UTF_8)).isZero();
    return out.toString(StandardCharsets.UTF_8);
  }

  @Test
  void triesEverySource() throws IOException {
    String rules =
        file(
            "rules.yaml",
            """
            route:
              rules:
                - {name: pins, signals: [logs, traces, events], redact: {pattern: 'pin \\d+', with: 'pin ****'}}
                - {name: health, signals: traces, when: 'record.name == "GET /healthz"', drop: true}
                - {name: dev, signals: events, when: 'record.dataset == "dev"', drop: true}
            """);
    String spans =
        ("{\"resourceSpans\":[{\"scopeSpans\":[{\"spans\":["
                + "{\"traceId\":\"%1$s%1$s\",\"spanId\":\"%1$s\",\"name\":\"GET /healthz\"},"
                + "{\"traceId\":\"%1$s%1$s\",\"spanId\":\"%1$s\",\"name\":\"pin 12\"}]}]}]}\n")
            .replace("%1$s", "0102030405060708");
    String loki =
        "{\"streams\":[{\"stream\":{\"container\":\"clickhouse\"},\"values\":"
            + "[[\"1795000000000000000\",\"2024.03.14 11:24:39.782166 [ 1 ] {} <Debug> A: pin 7\"]]}]}\n";
    assertThat(shown("route", "test", file("mixed.jsonl", spans + loki), "--rules", rules))
        .contains(
            "record 1 → dropped",
            "record 2 → otel.otel_traces",
            "+ name                 pin ****",
            "record 3 → otel.server_text_log",
            "clickhouse-server, pins",
            "+ body                 pin ****");
    String syslog = "<34>1 2026-11-21T10:00:00Z h clickhouse-server 7 - - my pin 5\n";
    assertThat(shown("route", "test", file("s", syslog), "--rules", rules, "--format", "syslog"))
        .contains("otel.server_text_log", "+ body                 my pin ****");
    String event = "{\"service\":\"a\",\"n\":\"pin 99\"}\nnot json\n";
    assertThat(shown("route", "test", file("e", event), "--rules", rules, "--format", "events"))
        .contains("otel.wide_events", "+ n                    pin ****", "1 → otel.dead_letters");
    String bulk = "{\"create\":{\"_index\":\"dev\"}}\n{\"a\":1}\n";
    assertThat(shown("route", "test", file("b", bulk), "--rules", rules, "--format", "bulk"))
        .contains("record 1 → dropped");
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
