package io.lodge.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.util.JsonFormat;
import io.opentelemetry.proto.collector.logs.v1.ExportLogsPartialSuccess;
import io.opentelemetry.proto.collector.logs.v1.ExportLogsServiceResponse;
import io.opentelemetry.proto.common.v1.AnyValue;
import io.opentelemetry.proto.common.v1.ArrayValue;
import io.opentelemetry.proto.logs.v1.LogRecord;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What no good client sends, through the real listeners. */
class BadInputTest {
  private static final int RECORD_BYTES_MAX = 64 << 10;

  @TempDir static Path folder;
  private static RunningLodge lodge;

  @BeforeAll
  static void start() {
    lodge =
        RunningLodge.start(
            folder,
            "journal.segment_age=50ms",
            "receive.max_record=64KiB",
            "receive.max_decompressed=16MiB");
  }

  @AfterAll
  static void close() {
    lodge.close();
  }

  private static Http.Answer post(byte[] body, String type, String... headers) {
    String[] all = Arrays.copyOf(new String[] {"content-type", type}, 2 + headers.length);
    System.arraycopy(headers, 0, all, 2, headers.length);
    return Http.post(lodge.at().otlpHttpUrl().resolve("/v1/logs"), body, all);
  }

  /** A good record, then a record that ends in the middle of its body. */
  private static byte[] brokenAtItsEnd(String service) {
    byte[] good =
        Otlp.request(service, List.of(Otlp.record("one").build(), Otlp.record("two").build()))
            .toByteArray();
    return Arrays.copyOf(good, good.length - 1);
  }

  private static long stored(String service) {
    lodge.awaitEmptyJournal();
    return lodge
        .reader()
        .number("SELECT count() FROM otel.generic_logs WHERE ServiceName = '" + service + "'");
  }

  @Test
  void refusesMalformedProtobufWhole() {
    byte[] broken = brokenAtItsEnd("broken-protobuf");
    Http.Answer answer = post(broken, "application/x-protobuf");
    assertThat(answer.status()).isEqualTo(400);
    assertThat(answer.text()).containsPattern("at byte \\d+");
    assertThat(stored("broken-protobuf")).isZero();
  }

  @Test
  void refusesMalformedProtobufOverGrpcWhole() {
    try (OtlpConnection connection = OtlpConnection.grpc(lodge.at().otlpGrpcUrl())) {
      assertThat(connection.send(brokenAtItsEnd("broken-grpc")))
          .isInstanceOfSatisfying(
              Reply.Unknown.class,
              refused ->
                  assertThat(refused.why())
                      .contains("grpc-status=3")
                      .containsPattern("at byte \\d+"));
    }
    assertThat(stored("broken-grpc")).isZero();
  }

  @Test
  void refusesMalformedJsonWhole() throws InvalidProtocolBufferException {
    String good =
        JsonFormat.printer()
            .print(
                Otlp.request(
                    "broken-json",
                    List.of(Otlp.record("one").build(), Otlp.record("two").build())));
    String broken = good.substring(0, good.lastIndexOf("two")) + "\u0001";
    Http.Answer answer = post(broken.getBytes(StandardCharsets.UTF_8), "application/json");
    assertThat(answer.status()).isEqualTo(400);
    assertThat(answer.text()).containsPattern("at byte \\d+");
    assertThat(stored("broken-json")).isZero();
  }

  @Test
  void storesTheGoodRecordsOfARequestAndKeepsTheOthersAsDeadLetters() throws IOException {
    LogRecord longId = Otlp.record("long id").setTraceId(Otlp.bytes(17)).build();
    LogRecord deep = Otlp.record("").setBody(nested(40)).build();
    LogRecord large = Otlp.record("x".repeat(RECORD_BYTES_MAX + 1)).build();
    byte[] request =
        Otlp.request(
                "mixed",
                List.of(
                    Otlp.record("first").build(), longId, deep, large, Otlp.record("last").build()))
            .toByteArray();
    Http.Answer answer = post(request, "application/x-protobuf");
    assertThat(answer.status()).isEqualTo(200);
    ExportLogsPartialSuccess partial =
        ExportLogsServiceResponse.parseFrom(answer.body()).getPartialSuccess();
    assertThat(partial.getRejectedLogRecords()).isEqualTo(3);
    assertThat(partial.getErrorMessage()).contains("trace id");

    lodge.awaitEmptyJournal();
    assertThat(
            lodge
                .reader()
                .rows(
                    "SELECT Body FROM otel.generic_logs WHERE ServiceName = 'mixed' ORDER BY Body"))
        .containsExactly(List.of("first"), List.of("last"));
    assertThat(
            lodge
                .reader()
                .rows(
                    "SELECT Reason, lower(hex(Record)), Kind, Tenant FROM otel.dead_letters"
                        + " WHERE ServiceName = 'mixed' ORDER BY Reason"))
        .containsExactly(
            deadLetter("invalid_trace_id", longId),
            deadLetter("record_too_large", large),
            deadLetter("value_too_deep", deep));
  }

  @Test
  void countsRowsThatAreOlderThanTheirTableKeepsRows() throws IOException {
    double before = lodge.metric("lodge_deliver_rows_expired_total");
    long year = Duration.ofDays(365).toNanos();
    LogRecord old = Otlp.record("old").setTimeUnixNano(Otlp.nowNanos() - year).build();
    byte[] request = Otlp.request("aged", List.of(old, Otlp.record("new").build())).toByteArray();
    assertThat(post(request, "application/x-protobuf").status()).isEqualTo(200);
    lodge.awaitEmptyJournal();
    assertThat(lodge.metric("lodge_deliver_rows_expired_total") - before).isOne();
  }

  private static List<String> deadLetter(String reason, LogRecord record) {
    return List.of(
        reason, HexFormat.of().formatHex(record.toByteArray()), "otlp-logs-protobuf", "default");
  }

  private static AnyValue nested(int depth) {
    AnyValue value = Otlp.text("deep");
    for (int i = 0; i < depth; i++) {
      value = AnyValue.newBuilder().setArrayValue(ArrayValue.newBuilder().addValues(value)).build();
    }
    return value;
  }

  @Test
  void refusesADecompressionBombWithoutHoldingIt() throws IOException {
    Http.Answer answer =
        post(bomb(256 << 20), "application/x-protobuf", "content-encoding", "gzip");
    assertThat(answer.status()).isEqualTo(413);
    assertThat(answer.text()).contains("receive.max_decompressed");
    assertThat(lodge.process().isAlive()).as("with a heap of 256 MiB").isTrue();
    assertThat(lodge.metric("lodge_ingest_too_large_total")).isPositive();
  }

  /** Zeros as one unknown field of a request. */
  private static byte[] bomb(int bytes) throws IOException {
    ByteArrayOutputStream packed = new ByteArrayOutputStream();
    try (GZIPOutputStream gzip = new GZIPOutputStream(packed)) {
      byte[] zeros = new byte[1 << 20];
      for (int i = 0; i < bytes; i += zeros.length) {
        gzip.write(zeros);
      }
    }
    return packed.toByteArray();
  }
}
