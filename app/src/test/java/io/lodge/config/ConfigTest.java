package io.lodge.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class ConfigTest {
  @TempDir Path folder;

  @Test
  void defaultsAreWholeAndTyped() throws Exception {
    Config config = Config.load(Source.set());
    assertThat(config.data()).isEqualTo(Path.of("/home/ada/.local/share/lodge"));
    assertThat(config.journal().dir()).isEqualTo(config.data().resolve("journal"));
    assertThat(config.receive().otlpGrpc()).isEqualTo(new HostPort("127.0.0.1", 4317));
    assertThat(config.receive().maxRequestBytes()).isEqualTo(16L << 20);
    assertThat(config.journal().segmentAge()).isEqualTo(Duration.ofSeconds(1));
    assertThat(config.journal().diskBudgetBytes()).isEqualTo(10L << 30);
    assertThat(config.deliver().blockRows()).isEqualTo(200_000);
    assertThat(config.clickhouse().embedded()).isTrue();
    assertThat(config.clickhouse().password()).isEmpty();
    assertThat(config.tls()).isEmpty();
    assertThat(config.keys().required(AccessKey.Kind.INGEST)).isFalse();
  }

  @Test
  void xdgDataHomeIsHonoured() throws Exception {
    Map<String, String> environment = Map.of("HOME", "/home/ada", "XDG_DATA_HOME", "/srv/data");
    assertThat(Config.load(Source.environment(environment)).data())
        .isEqualTo(Path.of("/srv/data/lodge"));
  }

  @Test
  void commandLineWinsOverFileAndFileOverDefaults() throws Exception {
    Path file =
        write(
            """
            receive:
              otlp:
                grpc: 127.0.0.1:14317
                http: "[::1]:14318"
            query.max_rows: 5_000
            """);
    Config config =
        Config.load(
            new ConfigSource(
                Optional.of(file),
                Optional.of("/var/lib/lodge"),
                List.of(
                    "receive.otlp.grpc=127.0.0.1:24317",
                    "clickhouse.url=[http://a:8123,https://b]"),
                false,
                Source.HOME));
    assertThat(config.receive().otlpGrpc().port()).isEqualTo(24317);
    assertThat(config.receive().otlpHttp()).isEqualTo(new HostPort("::1", 14318));
    assertThat(config.query().maxResultRows()).isEqualTo(5000);
    assertThat(config.data()).isEqualTo(Path.of("/var/lib/lodge"));
    assertThat(config.clickhouse().urls())
        .containsExactly(URI.create("http://a:8123"), URI.create("https://b"));
  }

  @Test
  void everyFaultIsReportedAtOnceWithPlaceAndRemedy() throws IOException {
    Path file =
        write(
            """
            receive:
              otlp:
                grcp: 127.0.0.1:4317
              max_request: 16 parrots
            query:
              max_time: 60
            journal: 5
            log:
              level: loud
            deliver:
              parallel: 0
            """);
    InvalidConfigException e = refused(Source.file(file, "api.listen=:8080", "enigne.http=x"));
    assertThat(e.faults().stream().map(fault -> fault.toString().replace(file + "", "f")))
        .containsExactlyInAnyOrder(
            "f:3:5: receive.otlp.grcp: cannot use this key: it is unknown; did you mean"
                + " receive.otlp.grpc?",
            "f:4:3: receive.max_request: cannot read \"16 parrots\" as a size; write a number and a"
                + " unit, such as 64MiB",
            "f:6:3: query.max_time: cannot read \"60\" as a duration; write a number and a unit,"
                + " such as 30s",
            "f:7:1: journal: cannot read a value here: this key is a section; write its keys below"
                + " it; `lodge config print --defaults` lists them",
            "f:9:3: log.level: cannot use \"loud\" here; write one of: error, warn, info, debug,"
                + " trace",
            "f:11:3: deliver.parallel: cannot use 0: it is outside its range; write a value from 1"
                + " to 64",
            "--set api.listen: api.listen: cannot read \":8080\" as an address: it is not"
                + " host:port; write 0.0.0.0:8080 for every address",
            "--set enigne.http: enigne.http: cannot use this key: it is unknown; did you mean"
                + " engine.http?");
    assertThat(e).hasMessageContaining("8 faults").hasMessageContaining("f:11:3".substring(1));
  }

  @Test
  void brokenYamlNamesItsPlaceAndQuotesNothing() throws IOException {
    Path file = write("clickhouse:\n  password: \"hunter2\n  user: [x\n");
    InvalidConfigException e = refused(Source.file(file));
    assertThat(e.faults()).singleElement().extracting(Fault::where).asString().contains(file + ":");
    assertThat(e).hasMessageNotContaining("hunter2");
  }

  @Test
  void keyGivenTwiceIsRefused() throws IOException {
    Path file = write("api.listen: 127.0.0.1:1\napi:\n  listen: 127.0.0.1:2\n");
    assertThat(refused(Source.file(file)).faults())
        .singleElement()
        .satisfies(fault -> assertThat(fault.where()).endsWith(":3:3"))
        .satisfies(fault -> assertThat(fault.problem()).contains(":1:1"));
  }

  @Test
  void emptyFileAndEmptySectionsAreTheDefaults() throws Exception {
    assertThat(Config.load(Source.file(write("# nothing yet\n"))).api().listen().port())
        .isEqualTo(8080);
    assertThat(Config.load(Source.file(write("receive:\napi:\n"))).api().listen().port())
        .isEqualTo(8080);
  }

  @Test
  void missingFileIsAFaultNotADefault() {
    assertThat(refused(Source.file(folder.resolve("none.yaml"))))
        .hasMessageContaining("it does not exist");
  }

  @Test
  void removedKeysExplainTheirReplacement() {
    Settings settings =
        Settings.load(Source.set("gateway.port=1"), Map.of("gateway.port", "use api.listen"));
    assertThatThrownBy(settings::throwIfFaulty)
        .hasMessageContaining("gateway.port: cannot use this key: it was removed; use api.listen");
  }

  @Test
  void overridesWithoutEqualsAreRefused() {
    assertThat(refused(Source.set("api.listen"))).hasMessageContaining("cannot find key=value");
  }

  @Test
  void openListenersNeedAKeyOrTheWordInsecure() throws Exception {
    String[] open = {
      "receive.otlp.grpc=0.0.0.0:4317",
      "receive.otlp.http=[::]:4318",
      "api.listen=lodge.example:8080",
      "engine.http=0.0.0.0:8123",
      "engine.tcp=127.0.0.1:9000"
    };
    assertThat(refused(Source.set(open)).faults().stream().map(Fault::key))
        .containsExactly("receive.otlp.grpc", "receive.otlp.http", "api.listen", "engine.http");
    assertThat(Config.load(Source.insecure(open)).api().listen().host()).isEqualTo("lodge.example");
  }

  @Test
  void aKeyOpensListenersOfItsKindOnly() {
    String hash = AccessKey.hashOf(AccessKey.generate(AccessKey.Kind.INGEST));
    InvalidConfigException e =
        refused(
            Source.set(
                "receive.otlp.grpc=0.0.0.0:4317",
                "api.listen=0.0.0.0:8080",
                "auth.keys=[{name: a, kind: ingest, hash: \"" + hash + "\"}]"));
    assertThat(e.faults().stream().map(Fault::key)).containsExactly("api.listen");
  }

  @Test
  void engineAddressesDoNotCountWhereThereIsNoEngine() throws Exception {
    Config.load(Source.set("clickhouse.url=http://ch:8123", "engine.http=0.0.0.0:8080"));
  }

  @Test
  void twoListenersOnOneAddressNameBothKeys() {
    assertThat(refused(Source.set("api.listen=127.0.0.1:8123")))
        .hasMessageContaining("engine.http: cannot listen on 127.0.0.1:8123: api.listen does");
  }

  @Test
  void limitsThatContradictEachOtherAreRefused() {
    assertThat(
            refused(
                    Source.set(
                        "receive.max_decompressed=1GiB",
                        "receive.max_record=1GiB",
                        "journal.disk_budget=100MiB"))
                .faults()
                .stream()
                .map(Fault::key))
        .containsExactly("receive.max_decompressed", "journal.disk_budget");
  }

  @Test
  void tlsNeedsBothFiles() throws IOException {
    Path certificate = Files.writeString(folder.resolve("chain.pem"), "x");
    assertThat(refused(Source.set("tls.certificate=" + certificate)))
        .hasMessageContaining("set tls.key too");
    assertThat(refused(Source.set("tls.certificate=" + certificate, "tls.key=/nowhere/key.pem")))
        .hasMessageContaining("cannot read /nowhere/key.pem");
  }

  @Test
  void pathsInAFileStartAtItsFolder() throws Exception {
    Files.writeString(folder.resolve("chain.pem"), "x");
    Files.writeString(folder.resolve("key.pem"), "x");
    Path file = write("data: kept\ntls: {certificate: chain.pem, key: key.pem}\n");
    Config config = Config.load(Source.file(file));
    assertThat(config.data()).isEqualTo(folder.resolve("kept"));
    assertThat(config.tls().orElseThrow().key()).isEqualTo(folder.resolve("key.pem"));
  }

  private Path write(String yaml) throws IOException {
    return Files.writeString(folder.resolve("lodge.yaml"), yaml);
  }

  private static InvalidConfigException refused(ConfigSource source) {
    return catchThrowableOfType(InvalidConfigException.class, () -> Config.load(source));
  }
}
