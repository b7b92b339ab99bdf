package io.lodge.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import io.lodge.config.AccessKey;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The UI's files come out of the running Lodge as browsers need them. It asks for keys: not for
 * these.
 */
class UiFilesTest {
  private static final Pattern SCRIPT = Pattern.compile("src=\"(/assets/[^\"]+\\.js)\"");

  private static final String KEYS =
      "auth.keys=[{name: people, kind: query, hash: \"%s\"}]"
          .formatted(AccessKey.hashOf(AccessKey.generate(AccessKey.Kind.QUERY)));

  @TempDir static Path folder;
  private static RunningLodge lodge;
  private static HttpClient client;

  @BeforeAll
  static void start() {
    lodge = RunningLodge.notReady(folder, List.of("-Xmx256m"), KEYS);
    client = HttpClient.newHttpClient();
  }

  @AfterAll
  static void close() {
    client.close();
    lodge.close();
  }

  private static HttpResponse<byte[]> get(String path, String... headers)
      throws IOException, InterruptedException {
    URI url = lodge.at().apiUrl().resolve(path);
    HttpRequest.Builder request = HttpRequest.newBuilder(url);
    return client.send(
        (headers.length == 0 ? request : request.headers(headers)).build(),
        BodyHandlers.ofByteArray());
  }

  private static String text(HttpResponse<byte[]> response) {
    return new String(response.body(), StandardCharsets.UTF_8);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"/logs", "/events", "/traces", "/trace/0af7651916cd43dd8448eb211c80319c", "/sql"})
  void everyPageIsTheSameFile(String path) throws Exception {
    HttpResponse<byte[]> page = get(path);
    assertThat(page.statusCode()).isEqualTo(200);
    assertThat(text(page)).startsWith("<!doctype html>");
    assertThat(page.headers().firstValue("content-security-policy").orElseThrow())
        .startsWith("default-src 'self';")
        .doesNotContain("unsafe");
    assertThat(page.headers().firstValue("x-content-type-options")).hasValue("nosniff");
    assertThat(page.headers().firstValue("referrer-policy")).hasValue("no-referrer");
    assertThat(page.headers().firstValue("cache-control").orElseThrow()).contains("no-cache");
  }

  @Test
  void programsReadTextAtTheRootAndBrowsersTheUi() throws Exception {
    assertThat(text(get("/", "accept", "*/*"))).startsWith("Lodge: logs");
    assertThat(text(get("/", "accept", "text/html,application/xml;q=0.9,*/*;q=0.8")))
        .startsWith("<!doctype html>");
  }

  @Test
  void whatThePageLoadsIsThereForGoodAndSmall() throws Exception {
    var script = SCRIPT.matcher(text(get("/logs")));
    assertThat(script.find()).isTrue();
    HttpResponse<byte[]> plain = get(script.group(1));
    assertThat(plain.statusCode()).isEqualTo(200);
    assertThat(plain.headers().firstValue("content-type").orElseThrow()).contains("javascript");
    assertThat(plain.headers().firstValue("cache-control").orElseThrow()).contains("immutable");
    HttpResponse<byte[]> packed = get(script.group(1), "accept-encoding", "br");
    assertThat(packed.headers().firstValue("content-encoding")).hasValue("br");
    assertThat(packed.body()).hasSizeLessThan(plain.body().length / 2);
  }

  @Test
  void nothingElseIsServed() throws Exception {
    assertThat(get("/assets/none.js").statusCode()).isEqualTo(404);
    assertThat(get("/assets/..%2f..%2fconfig/default.yaml").statusCode()).isBetween(400, 404);
    assertThat(get("/assets/../../../config/default.yaml").statusCode()).isBetween(400, 404);
    assertThat(get("/api/search").statusCode()).isEqualTo(401);
  }

  @Test
  void aWrongLinkIsAPageForBrowsersAndAnErrorForPrograms() throws Exception {
    HttpResponse<byte[]> page = get("/lgos", "accept", "text/html,*/*;q=0.8");
    assertThat(page.statusCode()).isEqualTo(404);
    assertThat(text(page)).startsWith("<!doctype html>");
    assertThat(page.headers().firstValue("content-security-policy").orElseThrow())
        .startsWith("default-src 'self';");
    HttpResponse<byte[]> error = get("/lgos", "accept", "application/json");
    assertThat(error.statusCode()).isEqualTo(404);
    assertThat(text(error)).startsWith("{\"error\":{\"code\":\"not_found\"");
    assertThat(get("/api/nothing", "accept", "text/html").headers().firstValue("content-type"))
        .hasValueSatisfying(type -> assertThat(type).contains("json"));
    assertThat(get("/metrics", "accept", "text/html").statusCode())
        .as("what asks for a key goes on asking browsers")
        .isEqualTo(401);
  }

  @Test
  void opensALinkThatHoldsAWholeStatement() throws Exception {
    assertThat(get("/sql?sql=" + "x".repeat(20_000)).statusCode()).isEqualTo(200);
  }
}
