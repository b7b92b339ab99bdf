package io.lodge.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import io.lodge.receive.HttpIngestListener;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What every file for agents must be: readable, explained, and pointed at Lodge alone. */
final class AgentFilesTest {
  private static final List<String> HEADER =
      List.of("Does:", "Endpoint:", "Set:", "Later:", "Lines:", "Batches:");

  /** A path that could be an endpoint: not part of a longer path, a host or a version. */
  private static final Pattern ENDPOINT =
      Pattern.compile(
          "(?:(?<![\\w./*-])|(?<=:\\d{2,5}))(/(?:v1|loki|api|_bulk)\\b[\\w/{}]*)|(receive\\.syslog\\.\\w+)");

  /** What HTTP ingest says that it has, and the settings that open other listeners. */
  private static final Set<String> ENDPOINTS =
      Stream.concat(
              HttpIngestListener.endpoints().stream()
                  .flatMap(line -> endpoints(line.replace("DATASET", "{dataset}")).stream()),
              endpoints(AgentFiles.text(Path.of("..", "docs", "configuration.md"))).stream()
                  .filter(found -> found.startsWith("receive.")))
          .collect(Collectors.toUnmodifiableSet());

  private static final Pattern URL_HOST = Pattern.compile("https?://([^/:\\s\"'`)]+)");

  /** Names that everybody has: Lodge's own, the machine itself, and those of this folder. */
  private static final Set<String> HOSTS =
      Set.of("lodge", "localhost", "127.0.0.1", "lodge-gateway.lodge-agents");

  static List<Path> configurations() {
    return AgentFiles.configurations();
  }

  static List<Path> yaml() {
    return AgentFiles.yaml();
  }

  static List<Path> all() {
    return AgentFiles.all();
  }

  @ParameterizedTest
  @MethodSource("yaml")
  void everyYamlFileParses(Path file) {
    assertThat(AgentFiles.documents(file)).isNotEmpty().doesNotContainNull();
  }

  @ParameterizedTest
  @MethodSource("configurations")
  void everyConfigurationSaysAllThatItsReaderMustKnow(Path file) {
    List<String> lines = AgentFiles.header(file).lines().toList();
    assertThat(HEADER)
        .allSatisfy(word -> assertThat(lines).anyMatch(line -> line.startsWith(word + " ")));
  }

  @ParameterizedTest
  @MethodSource("configurations")
  void everyConfigurationNamesItsEndpoint(Path file) {
    String line =
        AgentFiles.header(file)
            .lines()
            .filter(each -> each.startsWith("Endpoint:"))
            .findFirst()
            .orElseThrow();
    assertThat(endpoints(line)).isNotEmpty();
  }

  @ParameterizedTest
  @MethodSource("all")
  void everyEndpointIsOneOfLodge(Path file) {
    assertThat(ENDPOINTS).containsAll(endpoints(AgentFiles.text(file)));
  }

  @ParameterizedTest
  @MethodSource("all")
  void noFileNamesAHostOfSomebody(Path file) {
    assertThat(found(URL_HOST, AgentFiles.text(file))).isSubsetOf(HOSTS);
  }

  @ParameterizedTest
  @MethodSource("configurations")
  void theReadmeLinksIt(Path file) {
    String link = AgentFiles.FOLDER.relativize(file).toString();
    assertThat(AgentFiles.text("README.md")).contains("](" + link + ")");
  }

  @Test
  void theListenersNameTheirEndpoints() {
    assertThat(ENDPOINTS)
        .contains(
            "/v1/logs",
            "/loki/api/v1/push",
            "/api/v1/write",
            "/v1/events/{dataset}",
            "receive.syslog.tcp");
  }

  @Test
  void theReaderOfEndpointsSeesThem() {
    assertThat(endpoints("a ${env:LODGE_URL}/v1/logs, \"/nowhere\" http://lodge:4318/api/v9/x"))
        .containsExactly("/v1/logs", "/api/v9/x");
    assertThat(endpoints("networking.k8s.io/v1 /var/log/api/v1")).isEmpty();
  }

  private static List<String> endpoints(String text) {
    return found(ENDPOINT, text);
  }

  private static List<String> found(Pattern pattern, String text) {
    return pattern.matcher(text).results().map(AgentFilesTest::group).distinct().toList();
  }

  private static String group(MatchResult match) {
    return Stream.iterate(1, group -> group + 1)
        .limit(match.groupCount())
        .filter(group -> match.start(group) >= 0)
        .map(match::group)
        .findFirst()
        .orElseThrow();
  }
}
