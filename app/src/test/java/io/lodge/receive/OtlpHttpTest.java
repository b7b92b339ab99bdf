package io.lodge.receive;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.util.JsonFormat;
import io.lodge.model.ContentEncoding;
import io.lodge.model.Outcome;
import io.lodge.model.Payload;
import io.lodge.model.PayloadKind;
import io.opentelemetry.proto.collector.logs.v1.ExportLogsServiceResponse;
import java.io.ByteArrayInputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class OtlpHttpTest {
  private static final String PROTOBUF = "application/x-protobuf";
  private static final String JSON = "application/json";

  private final Gateway gateway = new Gateway();
  private final HttpClient client =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

  @AfterEach
  void nothingIsHeld() {
    client.close();
    assertThat(gateway.budget.usedBytes()).isZero();
    gateway.close();
  }

  private HttpRequest.Builder to(String path) {
    return HttpRequest.newBuilder(URI.create(gateway.httpUrl() + path));
  }

  private HttpResponse<byte[]> send(HttpRequest.Builder request) throws Exception {
    return client.send(request.build(), BodyHandlers.ofByteArray());
  }

  private HttpResponse<byte[]> post(String type, byte[] body) throws Exception {
    return send(to("/v1/logs").header("Content-Type", type).POST(BodyPublishers.ofByteArray(body)));
  }

  private static String text(HttpResponse<byte[]> response) {
    return new String(response.body(), StandardCharsets.UTF_8);
  }

  private static String header(HttpResponse<?> response, String name) {
    return response.headers().firstValue(name).orElse("");
  }

  @Test
  void handsOverTheBodyAsReceived() throws Exception {
    byte[] body = {1, 2, 3, 4, 5};
    var response = post(PROTOBUF, body);
    assertThat(response.statusCode()).isEqualTo(200);
    assertThat(response.body()).isEmpty();
    assertThat(header(response, "content-type")).isEqualTo(PROTOBUF);
    Payload payload = gateway.intake.payloads.getFirst();
    assertThat(payload.bytes()).isEqualTo(body);
    assertThat(payload.kind()).isEqualTo(PayloadKind.OTLP_LOGS_PROTOBUF);
    assertThat(payload.encoding()).isEqualTo(ContentEncoding.IDENTITY);
    assertThat(payload.tenant()).isEqualTo("default");
    assertThat(payload.receivedUnixNanos()).isEqualTo(1_700_000_000_000_000_000L);
  }

  @ParameterizedTest
  @CsvSource({
    "gzip,GZIP",
    "GZIP,GZIP",
    "zstd,ZSTD",
    "snappy,SNAPPY",
    "deflate,DEFLATE",
    "identity,IDENTITY"
  })
  void namesTheEncoding(String name, ContentEncoding encoding) throws Exception {
    byte[] body = {9, 8, 7};
    var response =
        send(
            to("/v1/logs")
                .header("Content-Type", JSON + "; charset=utf-8")
                .header("Content-Encoding", name)
                .POST(BodyPublishers.ofByteArray(body)));
    assertThat(response.statusCode()).isEqualTo(200);
    assertThat(text(response)).isEqualTo("{}");
    assertThat(header(response, "content-type")).startsWith(JSON);
    assertThat(gateway.intake.payloads.getFirst().encoding()).isEqualTo(encoding);
    assertThat(gateway.intake.payloads.getFirst().kind()).isEqualTo(PayloadKind.OTLP_LOGS_JSON);
    assertThat(gateway.intake.payloads.getFirst().bytes()).isEqualTo(body);
  }

  @Test
  void refusesAnEncodingItDoesNotKnowAndNamesThoseItDoes() throws Exception {
    var response =
        send(
            to("/v1/logs")
                .header("Content-Type", PROTOBUF)
                .header("Content-Encoding", "br")
                .POST(BodyPublishers.ofString("x")));
    assertThat(response.statusCode()).isEqualTo(415);
    assertThat(RpcStatus.parse(response.body()).message()).contains("'br'", "gzip, zstd, snappy");
  }

  @Test
  void collectsABodyOfUnknownLength() throws Exception {
    byte[] body = new byte[700_001];
    for (int i = 0; i < body.length; i++) {
      body[i] = (byte) (i * 31);
    }
    var response =
        send(
            to("/v1/logs")
                .header("Content-Type", PROTOBUF)
                .POST(BodyPublishers.ofInputStream(() -> new ByteArrayInputStream(body))));
    assertThat(response.statusCode()).isEqualTo(200);
    assertThat(gateway.intake.payloads.getFirst().bytes()).isEqualTo(body);
  }

  @Test
  void saysHowManyRecordsWereRejected() throws Exception {
    gateway.intake.decide(new Outcome.Accepted(8, 2, "no \"body\"\n"));
    var protobuf = ExportLogsServiceResponse.parseFrom(post(PROTOBUF, new byte[1]).body());
    assertThat(protobuf.getPartialSuccess().getRejectedLogRecords()).isEqualTo(2);
    assertThat(protobuf.getPartialSuccess().getErrorMessage()).isEqualTo("no \"body\"\n");
    ExportLogsServiceResponse.Builder json = ExportLogsServiceResponse.newBuilder();
    JsonFormat.parser().merge(text(post(JSON, new byte[1])), json);
    assertThat(json.build()).isEqualTo(protobuf);
  }

  @Test
  void asksToComeBackLaterInBothContentTypes() throws Exception {
    gateway.intake.decide(new Outcome.RetryLater(Duration.ofMillis(2300), "journal is full"));
    var protobuf = post(PROTOBUF, new byte[1]);
    assertThat(protobuf.statusCode()).isEqualTo(503);
    assertThat(header(protobuf, "retry-after")).isEqualTo("3");
    assertThat(RpcStatus.parse(protobuf.body()))
        .isEqualTo(new RpcStatus(14, "journal is full", 2.3));
    var json = post(JSON, new byte[1]);
    assertThat(json.statusCode()).isEqualTo(503);
    assertThat(text(json))
        .isEqualTo(
            "{\"code\":14,\"message\":\"journal is full\",\"details\":[{\"@type\":"
                + "\"type.googleapis.com/google.rpc.RetryInfo\",\"retryDelay\":\"2.300s\"}]}");
  }

  @Test
  void refusesWhatIsMalformedOrTooLargeForGood() throws Exception {
    gateway.intake.decide(new Outcome.Malformed("unexpected tag at byte 7"));
    var malformed = post(PROTOBUF, new byte[1]);
    assertThat(malformed.statusCode()).isEqualTo(400);
    assertThat(RpcStatus.parse(malformed.body()))
        .isEqualTo(new RpcStatus(3, "unexpected tag at byte 7", -1));
    gateway.intake.decide(new Outcome.TooLarge("beyond receive.max_decompressed"));
    var large = post(JSON, new byte[1]);
    assertThat(large.statusCode()).isEqualTo(413);
    assertThat(text(large))
        .isEqualTo("{\"code\":3,\"message\":\"beyond receive.max_decompressed\"}");
    assertThat(large.headers().firstValue("retry-after")).isEmpty();
  }

  @Test
  void refusesALargeBodyBeforeReadingItAndAGrowingOneAtTheLimit() throws Exception {
    byte[] body = new byte[Gateway.REQUEST_BYTES_MAX + 1];
    var announced = post(PROTOBUF, body);
    assertThat(announced.statusCode()).isEqualTo(413);
    assertThat(RpcStatus.parse(announced.body()).message()).contains("receive.max_request");
    var growing =
        send(
            to("/v1/logs")
                .header("Content-Type", PROTOBUF)
                .POST(BodyPublishers.ofInputStream(() -> new ByteArrayInputStream(body))));
    assertThat(growing.statusCode()).isEqualTo(413);
    assertThat(gateway.intake.payloads).isEmpty();
  }

  @Test
  void saysMaybeKeptWhenThePipelineGoesDown() throws Exception {
    gateway.intake.decide =
        payload -> CompletableFuture.failedFuture(new IllegalStateException("stopping"));
    assertThat(post(PROTOBUF, new byte[1]).statusCode()).isEqualTo(504);
  }

  @Test
  void listsItsEndpoints() throws Exception {
    var root = send(to("/").GET());
    assertThat(root.statusCode()).isEqualTo(200);
    assertThat(text(root)).contains("POST /v1/logs");
    var other = send(to("/v1/nothing").POST(BodyPublishers.ofString("x")));
    assertThat(other.statusCode()).isEqualTo(404);
    assertThat(text(other)).contains("cannot find /v1/nothing", "POST /v1/logs");
  }

  @Test
  void takesOnlyPostsOfItsContentTypes() throws Exception {
    var get = send(to("/v1/logs").GET());
    assertThat(get.statusCode()).isEqualTo(405);
    assertThat(header(get, "allow")).isEqualTo("POST");
    var plain = post("text/plain", new byte[1]);
    assertThat(plain.statusCode()).isEqualTo(415);
    assertThat(text(plain)).as("for a person").startsWith("{").contains("'text/plain'", PROTOBUF);
    var options =
        send(
            to("/v1/logs")
                .header("Origin", "https://evil.example")
                .method("OPTIONS", BodyPublishers.noBody()));
    assertThat(options.statusCode()).isEqualTo(405);
    assertThat(header(options, "access-control-allow-origin")).isEmpty();
  }

  @Test
  void countsWhatItAnswers() throws Exception {
    post(PROTOBUF, new byte[10]);
    gateway.intake.decide(new Outcome.Accepted(8, 2, "no"));
    post(PROTOBUF, new byte[20]);
    String page = Metrics.page(gateway.registry);
    assertThat(page)
        .contains(
            "lodge_receive_requests_total{outcome=\"accepted\",protocol=\"otlp-http\"} 1.0",
            "lodge_receive_requests_total{outcome=\"partial\",protocol=\"otlp-http\"} 1.0",
            "lodge_receive_records_total{outcome=\"accepted\",protocol=\"otlp-http\"} 9.0",
            "lodge_receive_records_total{outcome=\"rejected\",protocol=\"otlp-http\"} 2.0",
            "lodge_receive_body_bytes_total{kind=\"otlp-logs-protobuf\"} 30.0",
            "lodge_receive_request_duration_seconds_count{protocol=\"otlp-http\"} 2",
            "lodge_receive_in_flight_bytes 0.0");
  }
}
