package io.lodge.route;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lodge.config.Config;
import io.lodge.config.ConfigSource;
import io.lodge.config.InvalidConfigException;
import io.lodge.route.when.Signal;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RoutingTest {
  private static final String ALL =
      """
      route:
        built_in: false
        rules:
          - name: everything
            when: record.body.contains("'\\"\\\\ é") && scope.name != ""
            parse: clickhouse
            extract: {format: json, body: msg}
            rename: {old.name: new.name, a: b}
            redact: {pattern: '(\\d{4})\\d{8}', with: '$1****', in: [attributes]}
            lane: keeper_log
            sample: 10
            stop: true
          - name: gone
            drop: true
      """;

  @TempDir Path folder;

  private Routing read(String yaml) throws InvalidConfigException, IOException {
    Path file = Files.writeString(folder.resolve("lodge.yaml"), yaml);
    return RoutingReader.read(
        Config.load(
                new ConfigSource(
                    Optional.of(file), Optional.of(folder.toString()), List.of(), false, Map.of()))
            .route());
  }

  private void refuses(String rules, String... messages) {
    assertThatThrownBy(() -> read("route:\n  rules:\n" + rules.indent(4)))
        .isInstanceOf(InvalidConfigException.class)
        .hasMessageContainingAll(messages);
  }

  @Test
  void rulesComeBackFromTheTextThatSegmentsName() throws Exception {
    Rules rules = Rules.NONE.with(read(ALL));
    assertThat(Rules.parse(rules.toText())).isEqualTo(rules);
    assertThat(new String(rules.toText(), StandardCharsets.UTF_8)).contains("everything", "gone");
    Rules shipped = Rules.NONE.with(read(""));
    assertThat(Rules.parse(shipped.toText())).isEqualTo(shipped).isNotEqualTo(rules);
  }

  /** What reads of events and logs has no word for the body, which events have not. */
  @Test
  void aRedactionOfEveryTextComesBackForEverySignal() throws Exception {
    Rules rules =
        Rules.NONE.with(
            read(
                "route: {built_in: false, rules: [{name: a, signals: [logs, traces, events],"
                    + " redact: {pattern: x}}]}"));
    assertThat(Rules.parse(rules.toText())).isEqualTo(rules);
  }

  @Test
  void theShippedRulesComeFirstUnlessTurnedOff() throws Exception {
    assertThat(read("route: {rules: [{name: x, drop: true}]}").rules())
        .extracting(RoutingRule::name)
        .containsExactly("clickhouse-server", "clickhouse-keeper", "json-bodies", "x");
    assertThat(read("route: {built_in: false}")).isSameAs(Routing.NONE);
  }

  @Test
  void everyFaultIsFoundWithItsLine() {
    refuses(
        """
        - name: one
          when: record.bdy == ""
          drop: true
        - name: Two
          drop: true
        - name: three
        - name: four
          lane: nowhere
          sample: 1
        - name: five
          redact: {pattern: '('}
        - name: five
          drop: yes
          lane: keeper_log
        - nam: six
          rename: {a: ''}
        """,
        "lodge.yaml:4:13: route.rules: cannot compile the condition: at 1:1: undeclared reference",
        "lodge.yaml:6:13: route.rules: cannot use a rule without a name",
        "lodge.yaml:8:7: route.rules: cannot use a rule that does nothing",
        "lodge.yaml:10:13: route.rules: cannot send records to nowhere",
        "lodge.yaml:11:15: route.rules: cannot keep one record in 1",
        "lodge.yaml:13:15: route.rules: cannot use the pattern: error parsing regexp",
        "cannot use the name five twice",
        "lodge.yaml:15:13: route.rules: cannot read yes",
        "cannot do anything else with what is dropped",
        "cannot use the field nam: it is unknown",
        "cannot rename");
  }

  @Test
  void whatASignalHasNotIsRefusedWithItsLine() {
    refuses(
        """
        - name: lanes
          signals: traces
          lane: keeper_log
        - name: bodies
          signals: [logs, events]
          parse: clickhouse
          extract: json
          redact: {pattern: x, in: [body, attributes]}
        - name: asks
          signals: [logs, traces]
          when: record.body == "" && record.name == ""
          drop: true
        - name: sourceless
          signals: events
          when: resource.attributes["service.name"] == "a"
          drop: true
        - {name: typo, signals: [trace], drop: true}
        - {name: none, signals: [], drop: true}
        """,
        "lodge.yaml:5:13: route.rules: cannot choose the lane of traces: only log records have",
        "lodge.yaml:8:14: route.rules: cannot parse events: only log records have",
        "lodge.yaml:9:16: route.rules: cannot extract events: only log records have",
        "lodge.yaml:10:15: route.rules: cannot redact the body of events: they have none",
        "lodge.yaml:13:13: route.rules: cannot ask for record.name of logs: they have none",
        "lodge.yaml:13:13: route.rules: cannot ask for record.body of traces: they have none",
        "cannot ask for resource.attributes of events: they have none",
        "cannot act on trace; write signals",
        "cannot use a rule that acts on nothing");
  }

  @Test
  void aRuleIsForLogsUnlessItSaysOtherwise() throws Exception {
    Routing routing =
        read(
            "route: {built_in: false, rules: [{name: a, drop: true},"
                + " {name: b, signals: [events, traces], drop: true}]}");
    assertThat(routing.on(Signal.LOGS)).containsExactly(0);
    assertThat(routing.on(Signal.TRACES)).containsExactly(1);
    assertThat(routing.on(Signal.EVENTS)).containsExactly(1);
    assertThat(Rules.parse(Rules.NONE.with(routing).toText()).routing()).isEqualTo(routing);
  }

  @Test
  void aBuiltInNameIsTaken() {
    refuses("- {name: json-bodies, drop: true}", "a built-in rule has it");
  }

  @Test
  void aReplacementTakesGroupsAndStaysBounded() {
    var cards = new Redaction("(\\d{4})\\d{8}", "$1-$$-****");
    assertThat(applied(cards, "card 123456789012, é 999988887777!"))
        .isEqualTo("card 1234-$-****, é 9999-$-****!");
    assertThat(applied(cards, "nothing")).isNull();
    assertThat(applied(new Redaction("", "+".repeat(900)), "a".repeat(100)))
        .isEqualTo("+".repeat(900));
    assertThatThrownBy(() -> new Redaction("a", "$1")).hasMessageContaining("unexpected $");
  }

  @Test
  void aPatternThatTakesForEverElsewhereTakesNoTimeHere() {
    byte[] text = ("a".repeat(50_000) + "!").getBytes(StandardCharsets.UTF_8);
    assertThat(new Redaction("^(a+)+$", "").apply(text, 0, text.length)).isNull();
  }

  @SuppressWarnings("NullAway") // null where nothing matched
  private static String applied(Redaction redaction, String text) {
    byte[] bytes = ("xx" + text + "yy").getBytes(StandardCharsets.UTF_8);
    byte[] result = redaction.apply(bytes, 2, bytes.length - 4);
    return result == null ? null : new String(result, StandardCharsets.UTF_8);
  }
}
