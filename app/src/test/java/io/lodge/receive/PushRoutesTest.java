package io.lodge.receive;

import static org.assertj.core.api.Assertions.assertThat;

import io.lodge.base.net.KeyCheck;
import io.lodge.model.ContentEncoding;
import io.lodge.model.Outcome;
import io.lodge.model.PayloadKind;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Which decoder a request goes to, and the answers in each protocol's own words. */
class PushRoutesTest {
  private static final String V2 = "application/x-protobuf;proto=io.prometheus.write.v2.Request";

  private final KeyCheck keys =
      key -> key.equals("sesame") ? Optional.of("acme") : Optional.empty();
  private final Gateway gateway = new Gateway(64 << 20, keys, null, Duration.ofSeconds(20));
  private final HttpClient client =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

  @AfterEach
  void close() {
    client.close();
    gateway.close();
  }

  private HttpResponse<String> post(String path, String type, String encoding) throws Exception {
    String basic =
        Base64.getEncoder().encodeToString("anyone:sesame".getBytes(StandardCharsets.UTF_8));
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create(gateway.httpUrl() + path))
            .header("Content-Type", type)
            .header("Authorization", "Basic " + basic)
            .POST(BodyPublishers.ofString("x"));
    if (!encoding.isEmpty()) {
      request.header("Content-Encoding", encoding);
    }
    return client.send(request.build(), BodyHandlers.ofString());
  }

  @Test
  void everyEndpointThatTheListNamesIsThere() throws Exception {
    List<String> paths =
        HttpIngestListener.endpoints().stream()
            .filter(line -> line.startsWith("POST "))
            .flatMap(line -> Pattern.compile("(?<= )/\\w[\\w/]*").matcher(line).results())
            .map(MatchResult::group)
            .toList();
    assertThat(paths).hasSizeGreaterThan(10).contains("/v1/logs", "/_bulk", "/i/v0/e");
    for (String path : paths) {
      assertThat(post(path, "application/json", "").statusCode()).as(path).isNotEqualTo(404);
    }
  }

  @ParameterizedTest
  @CsvSource({
    "/loki/api/v1/push,application/x-protobuf,snappy,LOKI_PROTOBUF,SNAPPY,204",
    "/loki/api/v1/push,application/x-protobuf,'',LOKI_PROTOBUF,SNAPPY,204",
    "/loki/api/v1/push,application/json,gzip,LOKI_JSON,GZIP,204",
    "/api/prom/push,application/json,'',LOKI_JSON,IDENTITY,204",
    "/api/v1/write,application/x-protobuf,snappy,PROMETHEUS_WRITE_V1,SNAPPY,204",
    "/api/v1/write,application/x-protobuf;proto=prometheus.WriteRequest,snappy,PROMETHEUS_WRITE_V1,SNAPPY,204",
    "/api/v1/write,application/x-protobuf;proto=io.prometheus.write.v2.Request,snappy,PROMETHEUS_WRITE_V2,SNAPPY,204",
    "/api/v2/spans,application/json,gzip,ZIPKIN_JSON,GZIP,202",
    "/api/v2/spans,application/x-protobuf,'',ZIPKIN_PROTOBUF,IDENTITY,202",
  })
  void handsOverToTheDecoderOfTheKind(
      String path,
      String type,
      String encoding,
      PayloadKind kind,
      ContentEncoding decompressed,
      int status)
      throws Exception {
    HttpResponse<String> answer = post(path, type, encoding);
    assertThat(answer.statusCode()).isEqualTo(status);
    assertThat(answer.body()).isEmpty();
    assertThat(gateway.intake.payloads.getFirst().kind()).isEqualTo(kind);
    assertThat(gateway.intake.payloads.getFirst().encoding()).isEqualTo(decompressed);
    assertThat(gateway.intake.payloads.getFirst().tenant()).isEqualTo("acme");
  }

  @ParameterizedTest
  @CsvSource({
    "/loki/api/v1/push,application/x-protobuf,br,400,Content-Encoding \"br\" not supported",
    "/api/v1/write,application/json,snappy,415,unexpected content type",
    "/api/v1/write,application/x-protobuf;proto=other,snappy,415,unexpected content type",
    "/api/v1/write,application/x-protobuf,gzip,415,unexpected content encoding",
  })
  void refusesWhatItCannotRead(
      String path, String type, String encoding, int status, String message) throws Exception {
    HttpResponse<String> answer = post(path, type, encoding);
    assertThat(answer.statusCode()).isEqualTo(status);
    assertThat(answer.body()).contains(message);
    assertThat(gateway.intake.payloads).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "/loki/api/v1/push,application/json",
    "/api/v1/write,application/x-protobuf",
    "/api/v2/spans,application/json"
  })
  void overloadIsNeverTheClientsFault(String path, String type) throws Exception {
    gateway.intake.decide(new Outcome.RetryLater(Duration.ofSeconds(3), "full"));
    HttpResponse<String> answer = post(path, type, "");
    assertThat(answer.statusCode()).isEqualTo(503);
    assertThat(answer.headers().firstValue("retry-after")).contains("3");
    assertThat(answer.body()).isEqualTo("full\n");
  }

  @Test
  void aPartialWriteIsA400ThatSaysWhatWasWritten() throws Exception {
    gateway.intake.decide(new Outcome.Accepted(3, 1, "invalid labels: x", "2 1 0"));
    HttpResponse<String> answer = post("/api/v1/write", V2, "snappy");
    assertThat(answer.statusCode()).isEqualTo(400);
    assertThat(answer.body()).isEqualTo("invalid labels: x\n");
    checkWritten(answer, "2", "1", "0");
  }

  @Test
  void aWholeWriteSaysSoToo() throws Exception {
    gateway.intake.decide(new Outcome.Accepted(3, 0, "", "3 0 0"));
    checkWritten(post("/api/v1/write", V2, "snappy"), "3", "0", "0");
  }

  private static void checkWritten(
      HttpResponse<String> answer, String samples, String histograms, String exemplars) {
    String prefix = "X-Prometheus-Remote-Write-";
    assertThat(answer.headers().firstValue(prefix + "Samples-Written")).contains(samples);
    assertThat(answer.headers().firstValue(prefix + "Histograms-Written")).contains(histograms);
    assertThat(answer.headers().firstValue(prefix + "Exemplars-Written")).contains(exemplars);
  }

  @Test
  void saysThatItIsReady() throws Exception {
    HttpRequest request = HttpRequest.newBuilder(URI.create(gateway.httpUrl() + "/ready")).build();
    HttpResponse<String> answer = client.send(request, BodyHandlers.ofString());
    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(answer.body()).isEqualTo("ready\n");
  }
}
