package io.lodge.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URI;
import java.time.Duration;
import java.time.ZoneId;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/** Syslog listeners and Kafka sources: what is refused at the start and not in production. */
class SourcesTest {
  private static final String KAFKA =
      "{name: src, brokers: \"k1:9092\", topics: [a, b], group: g, format: otlp_traces_json%s}";

  @Test
  void readsAKafkaSourceWithItsSecrets() throws Exception {
    String properties =
        ", tenant: acme, start: latest, properties: {sasl.jaas.config: \"env:JAAS\"}";
    Config config =
        Config.load(
            Source.environment(
                Map.of("HOME", "/home/ada", "JAAS", "hidden"),
                "kafka=[" + KAFKA.formatted(properties) + "]"));
    Config.Kafka source = config.kafka().getFirst();
    assertThat(source.topics()).containsExactly("a", "b");
    assertThat(source.format()).isEqualTo(Config.KafkaFormat.OTLP_TRACES_JSON);
    assertThat(source.tenant()).isEqualTo("acme");
    assertThat(source.fromEarliest()).isFalse();
    assertThat(Objects.requireNonNull(source.properties().get("sasl.jaas.config")).reveal())
        .isEqualTo("hidden");
    assertThat(config.toString()).doesNotContain("hidden");
  }

  @Test
  void refusesWhatWouldBreakExactlyOnceOrShowASecret() {
    refused(
        KAFKA.formatted(", properties: {enable.auto.commit: true}"), "exactly-once rests on it");
    refused(
        KAFKA.formatted(", properties: {ssl.key.password: abc}"), "write env:NAME or file:/path");
    refused(KAFKA.formatted(", topic: x"), "did you mean topics?");
    refused(KAFKA.formatted(", start: now"), "write start: earliest or latest");
    refused(KAFKA.formatted("") + ", " + KAFKA.formatted(""), "name each source its own");
    refused("{name: src}", "cannot use an entry without brokers");
    refused(
        "{name: a/b, brokers: b, topics: [\"x y\"], group: g, format: xml}",
        "cannot use the topic 'x y'");
    refused("nothing", "cannot read a source here");
  }

  private static void refused(String entries, String message) {
    assertThatThrownBy(() -> Config.load(Source.set("kafka=[" + entries + "]")))
        .as(entries)
        .isInstanceOf(InvalidConfigException.class)
        .hasMessageContaining(message)
        .hasMessageNotContaining("abc");
  }

  @Test
  void tokensAndTenantsAreReadOrRefused() throws Exception {
    Config config =
        Config.load(
            Source.set(
                "analytics.tokens=[{token: phc_a, team: 7}, {team: 8, token: phc_b}]",
                "receive.syslog.tenant=ops"));
    assertThat(config.analytics().teamByToken()).isEqualTo(Map.of("phc_a", 7L, "phc_b", 8L));
    assertThat(config.receive().syslog().tenant()).isEqualTo("ops");
    for (String entries :
        new String[] {
          "{token: a}",
          "{team: 1}",
          "{token: a, team: x}",
          "{token: a, team: 1, x: 2}",
          "a",
          "{token: a, team: 1}, {token: a, team: 2}"
        }) {
      assertThatThrownBy(() -> Config.load(Source.set("analytics.tokens=[" + entries + "]")))
          .as(entries)
          .isInstanceOf(InvalidConfigException.class)
          .hasMessageContaining("analytics.tokens");
    }
    assertThatThrownBy(() -> Config.load(Source.set("receive.syslog.tenant=")))
        .hasMessageContaining("cannot use this tenant");
  }

  @Test
  void syslogIsOffAndOpenToOthersOnlyByTheWordOfWhoeverStartsIt() throws Exception {
    assertThat(Config.load(Source.set()).receive().syslog().tcp()).isEmpty();
    for (String key : new String[] {"receive.syslog.tcp", "receive.syslog.udp"}) {
      assertThatThrownBy(() -> Config.load(Source.set(key + "=0.0.0.0:514")))
          .hasMessageContaining(key)
          .hasMessageContaining("start with --insecure");
      Config.load(Source.insecure(key + "=0.0.0.0:514"));
    }
    Config.Syslog both =
        Config.load(
                Source.set(
                    "receive.syslog.tcp=127.0.0.1:5514",
                    "receive.syslog.udp=127.0.0.1:5514",
                    "receive.syslog.timezone=Europe/Berlin"))
            .receive()
            .syslog();
    assertThat(both.tcp()).isEqualTo(both.udp());
    assertThat(both.zone()).isEqualTo(ZoneId.of("Europe/Berlin"));
    assertThatThrownBy(() -> Config.load(Source.set("receive.syslog.timezone=Mars/Base")))
        .hasMessageContaining("it is unknown");
  }

  @Test
  void theCanaryIsOffUnlessItIsToldHowOften() throws Exception {
    assertThat(Config.load(Source.set("canary.to=[http://gw2:4318]")).canary()).isEmpty();
    Config.Canary canary =
        Config.load(Source.set("canary.every=1s", "canary.to=[http://gw2:4318]"))
            .canary()
            .orElseThrow();
    assertThat(canary.every()).isEqualTo(Duration.ofSeconds(1));
    assertThat(canary.late()).isEqualTo(Duration.ofSeconds(10));
    assertThat(canary.missing()).isEqualTo(Duration.ofMinutes(2));
    assertThat(canary.to()).containsExactly(URI.create("http://gw2:4318"));
    assertThatThrownBy(() -> Config.load(Source.set("canary.every=1ms")))
        .hasMessageContaining("canary.every");
    assertThatThrownBy(() -> Config.load(Source.set("canary.every=1m", "canary.missing=1m")))
        .hasMessageContaining("cannot be less than twice canary.every");
    assertThatThrownBy(
            () -> Config.load(Source.set("canary.every=1s", "canary.to=[http://a,http://a]")))
        .hasMessageContaining("one is there twice");
  }

  @Test
  void theCanaryNeedsAKeyWhereItsOwnGatewayAsksForOne() throws Exception {
    String keys = "auth.keys=[{name: a, kind: ingest, hash: \"sha256:%s\"}]".formatted(KEY_HASH);
    assertThatThrownBy(() -> Config.load(Source.set(keys, "canary.every=1s")))
        .hasMessageContaining("canary.key")
        .hasMessageContaining("lodge key new");
    assertThatThrownBy(() -> Config.load(Source.set(keys, "canary.every=1s", "canary.key=other")))
        .hasMessageContaining("canary.key");
    assertThat(Config.load(Source.set(keys, "canary.every=1s", "canary.key=abc")).canary())
        .isPresent();
  }

  /** Of {@code abc}: FIPS 180-4's own example. */
  private static final String KEY_HASH =
      "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad";
}
