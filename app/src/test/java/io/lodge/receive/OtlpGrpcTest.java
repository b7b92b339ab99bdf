package io.lodge.receive;

import static org.assertj.core.api.Assertions.assertThat;

import com.linecorp.armeria.client.ClientFactory;
import com.linecorp.armeria.client.WebClient;
import com.linecorp.armeria.common.AggregatedHttpResponse;
import com.linecorp.armeria.common.HttpData;
import com.linecorp.armeria.common.HttpHeaders;
import com.linecorp.armeria.common.HttpMethod;
import com.linecorp.armeria.common.HttpRequest;
import com.linecorp.armeria.common.RequestHeaders;
import com.linecorp.armeria.common.RequestHeadersBuilder;
import io.lodge.model.ContentEncoding;
import io.lodge.model.Outcome;
import io.opentelemetry.proto.collector.logs.v1.ExportLogsServiceResponse;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Frames by hand over real HTTP/2: what well-behaved clients never send, and what they do. */
class OtlpGrpcTest {
  private static final String EXPORT = "/opentelemetry.proto.collector.logs.v1.LogsService/Export";

  private final Gateway gateway = new Gateway();
  private final ClientFactory connections = ClientFactory.builder().build();
  private final WebClient client =
      WebClient.builder(gateway.grpcUrl().replace("http://", "h2c://"))
          .factory(connections)
          .build();

  @AfterEach
  void nothingIsHeld() {
    connections.close();
    assertThat(gateway.budget.usedBytes()).isZero();
    gateway.close();
  }

  private record Answer(int status, String message, byte[] body, HttpHeaders all) {}

  private Answer call(String path, String encoding, byte[]... pieces) {
    RequestHeadersBuilder headers =
        RequestHeaders.builder(HttpMethod.POST, path)
            .set("content-type", "application/grpc")
            .set("te", "trailers");
    if (!encoding.isEmpty()) {
      headers.set("grpc-encoding", encoding);
    }
    return call(headers.build(), pieces);
  }

  private Answer call(RequestHeaders headers, byte[]... pieces) {
    List<HttpData> data = new ArrayList<>();
    for (byte[] piece : pieces) {
      data.add(HttpData.wrap(piece));
    }
    HttpRequest request = HttpRequest.of(headers, data.toArray(HttpData[]::new));
    AggregatedHttpResponse response = client.execute(request).aggregate().join();
    HttpHeaders trailers =
        response.trailers().contains("grpc-status") ? response.trailers() : response.headers();
    return new Answer(
        Integer.parseInt(trailers.get("grpc-status", "-1")),
        trailers.get("grpc-message", ""),
        response.content().array(),
        trailers);
  }

  private static byte[] frame(int flags, byte[] message) {
    return ByteBuffer.allocate(5 + message.length)
        .put((byte) flags)
        .putInt(message.length)
        .put(message)
        .array();
  }

  private static byte[] bytes(int length) {
    byte[] bytes = new byte[length];
    for (int i = 0; i < length; i++) {
      bytes[i] = (byte) (i * 7);
    }
    return bytes;
  }

  @Test
  void handsOverTheMessageAsReceived() {
    Answer answer = call(EXPORT, "", frame(0, bytes(100_000)));
    assertThat(answer.status).isZero();
    assertThat(answer.body).isEqualTo(frame(0, new byte[0]));
    assertThat(gateway.intake.payloads.getFirst().bytes()).isEqualTo(bytes(100_000));
    assertThat(gateway.intake.payloads.getFirst().encoding()).isEqualTo(ContentEncoding.IDENTITY);
  }

  @Test
  void takesAnEmptyMessage() {
    assertThat(call(EXPORT, "", frame(0, new byte[0])).status).isZero();
    assertThat(gateway.intake.payloads.getFirst().length()).isZero();
  }

  @Test
  void putsTogetherAMessageInPiecesOfAnySize() {
    byte[] whole = frame(1, bytes(300));
    byte[][] pieces = new byte[whole.length][];
    for (int i = 0; i < whole.length; i++) {
      pieces[i] = new byte[] {whole[i]};
    }
    assertThat(call(EXPORT, "gzip", pieces).status).isZero();
    assertThat(gateway.intake.payloads.getFirst().bytes()).isEqualTo(bytes(300));
    assertThat(gateway.intake.payloads.getFirst().encoding()).isEqualTo(ContentEncoding.GZIP);
  }

  @ParameterizedTest
  @CsvSource({
    "gzip,1,GZIP",
    "zstd,1,ZSTD",
    "snappy,1,SNAPPY",
    "deflate,1,DEFLATE",
    "gzip,0,IDENTITY",
    "identity,0,IDENTITY"
  })
  void namesTheEncodingOfAMessageByItsFlag(String name, int flag, ContentEncoding encoding) {
    assertThat(call(EXPORT, name, frame(flag, bytes(3))).status).isZero();
    assertThat(gateway.intake.payloads.getFirst().encoding()).isEqualTo(encoding);
  }

  @Test
  void refusesAnEncodingItDoesNotKnowAndNamesThoseItDoes() {
    Answer answer = call(EXPORT, "br", frame(1, bytes(3)));
    assertThat(answer.status).isEqualTo(12);
    assertThat(answer.all.get("grpc-accept-encoding"))
        .isEqualTo("gzip,zstd,snappy,deflate,identity");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "identity"})
  void refusesACompressedFlagWithoutAnEncoding(String encoding) {
    Answer answer = call(EXPORT, encoding, frame(1, bytes(3)));
    assertThat(answer.status).isEqualTo(13);
    assertThat(answer.message).contains("Compressed-Flag");
  }

  @Test
  void refusesReservedFlags() {
    assertThat(call(EXPORT, "gzip", frame(2, bytes(3))).status).isEqualTo(13);
  }

  @Test
  void refusesEveryTruncation() {
    byte[] whole = frame(0, bytes(20));
    for (int length = 1; length < whole.length; length++) {
      Answer answer = call(EXPORT, "", Arrays.copyOf(whole, length));
      assertThat(answer.status).as("cut at %d", length).isEqualTo(3);
      assertThat(answer.message).contains("unexpected end of gRPC message; got");
    }
    assertThat(gateway.intake.payloads).isEmpty();
  }

  @Test
  void refusesACallWithoutAMessageOrWithTwo() {
    assertThat(call(EXPORT, "").status).isEqualTo(12);
    Answer two = call(EXPORT, "", frame(0, bytes(5)), frame(0, bytes(5)));
    assertThat(two.status).isEqualTo(12);
    assertThat(two.message).contains("second message");
    assertThat(gateway.intake.payloads).isEmpty();
  }

  @Test
  void refusesAMessageThatAnnouncesTooMuchWithoutWaitingForIt() {
    byte[] prefix = ByteBuffer.allocate(5).put((byte) 0).putInt(-1).array();
    Answer answer = call(EXPORT, "", prefix);
    assertThat(answer.status).isEqualTo(3);
    assertThat(answer.message).contains("4294967295 B", "receive.max_request");
  }

  @Test
  void refusesOtherMethodsAndContentTypes() {
    assertThat(call("/opentelemetry.proto.collector.trace.v1.TraceService/Export", "").status)
        .isEqualTo(12);
    RequestHeaders json =
        RequestHeaders.of(HttpMethod.POST, EXPORT, "content-type", "application/grpc+json");
    assertThat(call(json, frame(0, bytes(3))).status).isEqualTo(12);
    AggregatedHttpResponse plain = client.prepare().get("/").execute().aggregate().join();
    assertThat(plain.status().code()).isEqualTo(415);
    assertThat(plain.contentUtf8()).contains("receive.otlp.http");
  }

  @Test
  void saysHowManyRecordsWereRejected() throws Exception {
    gateway.intake.decide(new Outcome.Accepted(8, 2, "no body"));
    Answer answer = call(EXPORT, "", frame(0, bytes(3)));
    assertThat(answer.status).isZero();
    byte[] message = Arrays.copyOfRange(answer.body, 5, answer.body.length);
    assertThat(answer.body[4]).isEqualTo((byte) message.length);
    var partial = ExportLogsServiceResponse.parseFrom(message).getPartialSuccess();
    assertThat(partial.getRejectedLogRecords()).isEqualTo(2);
    assertThat(partial.getErrorMessage()).isEqualTo("no body");
  }

  @Test
  void asksToComeBackLaterWithRetryInfo() {
    gateway.intake.decide(new Outcome.RetryLater(Duration.ofMillis(2300), "full: 100 %, ü"));
    Answer answer = call(EXPORT, "", frame(0, bytes(3)));
    assertThat(answer.status).isEqualTo(14);
    assertThat(answer.message).isEqualTo("full: 100 %25, %C3%BC");
    byte[] details = Base64.getDecoder().decode(answer.all.get("grpc-status-details-bin", ""));
    assertThat(RpcStatus.parse(details)).isEqualTo(new RpcStatus(14, "full: 100 %, ü", 2.3));
  }

  @Test
  void refusesWhatIsMalformedOrTooLargeForGood() {
    gateway.intake.decide(new Outcome.Malformed("unexpected tag at byte 7"));
    Answer malformed = call(EXPORT, "", frame(0, bytes(3)));
    assertThat(malformed.status).isEqualTo(3);
    assertThat(malformed.message).isEqualTo("unexpected tag at byte 7");
    gateway.intake.decide(new Outcome.TooLarge("beyond receive.max_decompressed"));
    assertThat(call(EXPORT, "", frame(0, bytes(3))).status).isEqualTo(3);
  }

  @Test
  void answersHealthChecks() {
    String check = "/grpc.health.v1.Health/Check";
    assertThat(call(check, "", frame(0, new byte[0])).body).isEqualTo(frame(0, new byte[] {8, 1}));
    byte[] named =
        new ProtobufBytes().text(1, "opentelemetry.proto.collector.logs.v1.LogsService").toBytes();
    assertThat(call(check, "", frame(0, named)).body).isEqualTo(frame(0, new byte[] {8, 1}));
    byte[] other = new ProtobufBytes().text(1, "nobody").toBytes();
    assertThat(call(check, "", frame(0, other)).status).isEqualTo(5);
  }

  @Test
  void cutsALongMessageShort() {
    gateway.intake.decide(new Outcome.Malformed("ü".repeat(100_000)));
    Answer answer = call(EXPORT, "", frame(0, bytes(3)));
    assertThat(answer.status).isEqualTo(3);
    assertThat(answer.message.getBytes(StandardCharsets.UTF_8).length).isLessThan(8000);
  }
}
