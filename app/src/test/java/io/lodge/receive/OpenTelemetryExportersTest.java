package io.lodge.receive;

import static org.assertj.core.api.Assertions.assertThat;

import io.lodge.model.ContentEncoding;
import io.lodge.model.Outcome;
import io.lodge.model.Payload;
import io.opentelemetry.api.logs.Severity;
import io.opentelemetry.exporter.otlp.http.logs.OtlpHttpLogRecordExporter;
import io.opentelemetry.exporter.otlp.logs.OtlpGrpcLogRecordExporter;
import io.opentelemetry.proto.collector.logs.v1.ExportLogsServiceRequest;
import io.opentelemetry.sdk.common.CompletableResultCode;
import io.opentelemetry.sdk.logs.SdkLoggerProvider;
import io.opentelemetry.sdk.logs.export.BatchLogRecordProcessor;
import io.opentelemetry.sdk.logs.export.LogRecordExporter;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** OpenTelemetry's own Java SDK as the client. */
class OpenTelemetryExportersTest {
  private static final int RECORDS = 2000;
  private final Gateway gateway = new Gateway();

  @AfterEach
  void nothingIsHeld() {
    assertThat(gateway.budget.usedBytes()).isZero();
    gateway.close();
  }

  private LogRecordExporter http(String compression) {
    return OtlpHttpLogRecordExporter.builder()
        .setEndpoint(gateway.httpUrl() + "/v1/logs")
        .setCompression(compression)
        .build();
  }

  private LogRecordExporter grpc(String compression) {
    return OtlpGrpcLogRecordExporter.builder()
        .setEndpoint(gateway.grpcUrl())
        .setCompression(compression)
        .build();
  }

  @ParameterizedTest
  @ValueSource(strings = {"none", "gzip"})
  void everyRecordArrivesOverHttp(String compression) {
    export(http(compression));
    assertArrived(compression);
  }

  @ParameterizedTest
  @ValueSource(strings = {"none", "gzip"})
  void everyRecordArrivesOverGrpc(String compression) {
    export(grpc(compression));
    assertArrived(compression);
  }

  @Test
  void isSentAgainOverHttpAfterARefusalForNow() {
    refuseTwice();
    export(http("gzip"));
    assertArrived("gzip");
  }

  @Test
  void isSentAgainOverGrpcAfterARefusalForNow() {
    refuseTwice();
    export(grpc("gzip"));
    assertArrived("gzip");
  }

  private void refuseTwice() {
    AtomicInteger calls = new AtomicInteger();
    gateway.intake.decide =
        payload -> {
          if (calls.incrementAndGet() > 2) {
            return CompletableFuture.completedFuture(new Outcome.Accepted(1, 0, ""));
          }
          gateway.intake.payloads.removeLast();
          return CompletableFuture.completedFuture(
              new Outcome.RetryLater(Duration.ofMillis(10), "no room"));
        };
  }

  private static void export(LogRecordExporter exporter) {
    BatchLogRecordProcessor batches =
        BatchLogRecordProcessor.builder(exporter)
            .setMaxQueueSize(RECORDS * 2)
            .setMaxExportBatchSize(RECORDS)
            .setScheduleDelay(Duration.ofHours(1))
            .build();
    try (SdkLoggerProvider provider =
        SdkLoggerProvider.builder().addLogRecordProcessor(batches).build()) {
      for (int i = 0; i < RECORDS; i++) {
        provider.get("test").logRecordBuilder().setSeverity(Severity.INFO).setBody("n" + i).emit();
      }
      CompletableResultCode flushed = provider.forceFlush().join(20, TimeUnit.SECONDS);
      assertThat(flushed.isSuccess()).isTrue();
    }
  }

  private void assertArrived(String compression) {
    ContentEncoding encoding =
        compression.equals("gzip") ? ContentEncoding.GZIP : ContentEncoding.IDENTITY;
    assertThat(gateway.intake.payloads).extracting(Payload::encoding).containsOnly(encoding);
    List<String> bodies =
        gateway.intake.payloads.stream()
            .map(OpenTelemetryExportersTest::parse)
            .flatMap(request -> request.getResourceLogsList().stream())
            .flatMap(resource -> resource.getScopeLogsList().stream())
            .flatMap(scope -> scope.getLogRecordsList().stream())
            .map(record -> record.getBody().getStringValue())
            .toList();
    assertThat(bodies).hasSize(RECORDS).doesNotHaveDuplicates().contains("n0", "n1999");
  }

  private static ExportLogsServiceRequest parse(Payload payload) {
    try (var raw = new ByteArrayInputStream(payload.bytes());
        var in = payload.encoding() == ContentEncoding.GZIP ? new GZIPInputStream(raw) : raw) {
      return ExportLogsServiceRequest.parseFrom(in);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
