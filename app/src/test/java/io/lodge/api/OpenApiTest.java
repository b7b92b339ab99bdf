package io.lodge.api;

import static org.assertj.core.api.Assertions.assertThat;

import com.linecorp.armeria.common.HttpMethod;
import com.linecorp.armeria.server.Server;
import com.linecorp.armeria.server.ServerBuilder;
import io.lodge.api.ask.IdleDesk;
import io.lodge.api.ask.IdleSystem;
import io.lodge.base.net.KeyCheck;
import io.lodge.clickhouse.ClickHouse;
import io.lodge.clickhouse.ClickHouseEndpoints;
import io.lodge.query.run.JsonRow;
import io.lodge.query.run.QueryLimits;
import io.lodge.query.run.ReaderProfile;
import io.lodge.query.run.Runner;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** The documents say what there is, and no more. */
class OpenApiTest {
  @Test
  void theDocumentHasTheRoutesThatExist() throws IOException {
    Set<String> documented = new TreeSet<>();
    JsonRow paths = document().object("paths");
    for (String path : paths.values().keySet()) {
      for (String method : paths.object(path).values().keySet()) {
        documented.add(method.toUpperCase(Locale.ROOT) + " " + path);
      }
    }
    assertThat(documented).isEqualTo(routes());
  }

  @Test
  void docsApiNamesEveryRoute() throws IOException {
    String text = Files.readString(Path.of("..", "docs", "api.md"), StandardCharsets.UTF_8);
    assertThat(routes())
        .allSatisfy(route -> assertThat(text).contains(route.substring(route.indexOf(' ') + 1)));
  }

  @Test
  void everyReferenceLeadsSomewhere() throws IOException {
    String text = text();
    Set<String> schemas = document().object("components").object("schemas").values().keySet();
    Matcher reference = Pattern.compile("\"#/components/schemas/(\\w+)\"").matcher(text);
    while (reference.find()) {
      assertThat(schemas).contains(reference.group(1));
    }
  }

  private static Set<String> routes() {
    ClickHouse nowhere =
        new ClickHouse(ClickHouseEndpoints.of(URI.create("http://127.0.0.1:1"), "reader", ""));
    QueryLimits limits = new QueryLimits(Duration.ofSeconds(1), 1, 1, 1);
    ServerBuilder builder = Server.builder().http(0);
    ApiListener.serve(
        builder,
        new ApiParts(
            request -> new SqlReply.Refused(0, ""),
            new Runner(nowhere, new ReaderProfile(nowhere), limits),
            () -> 0,
            IdleSystem::status,
            IdleSystem.LEDGER,
            Optional::empty,
            new IdleDesk(),
            List.of(),
            new PrometheusRegistry(),
            KeyCheck.OPEN,
            Set.of()));
    try (nowhere;
        Server server = builder.build()) {
      return server.serviceConfigs().stream()
          .map(service -> service.route())
          .filter(route -> route.patternString().startsWith("/api/"))
          .flatMap(route ->
              route.methods().stream()
                  .map(HttpMethod::name)
                  .map(
                      method -> method + " " + route.patternString().replaceAll(":(\\w+)", "{$1}")))
          .collect(Collectors.toCollection(TreeSet::new));
    }
  }

  private static JsonRow document() throws IOException {
    return JsonRow.parse(text().getBytes(StandardCharsets.UTF_8));
  }

  private static String text() throws IOException {
    try (InputStream in = OpenApiTest.class.getResourceAsStream("openapi.json")) {
      return new String(Objects.requireNonNull(in).readAllBytes(), StandardCharsets.UTF_8);
    }
  }
}
