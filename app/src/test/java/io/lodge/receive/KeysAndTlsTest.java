package io.lodge.receive;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lodge.base.net.CannotListenException;
import io.lodge.base.net.KeyCheck;
import io.lodge.base.net.Listener;
import io.lodge.base.net.TlsFiles;
import io.opentelemetry.api.logs.Severity;
import io.opentelemetry.exporter.otlp.http.logs.OtlpHttpLogRecordExporter;
import io.opentelemetry.exporter.otlp.logs.OtlpGrpcLogRecordExporter;
import io.opentelemetry.sdk.logs.SdkLoggerProvider;
import io.opentelemetry.sdk.logs.export.LogRecordExporter;
import io.opentelemetry.sdk.logs.export.SimpleLogRecordProcessor;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Listeners that ask for a key and prove who they are. */
class KeysAndTlsTest {
  private static final KeyCheck KEYS =
      presented -> presented.equals("s3cret") ? Optional.of("team-a") : Optional.empty();

  @TempDir private Path folder;
  private TlsFiles tls;
  private Gateway gateway;

  @BeforeEach
  void open() throws Exception {
    tls = Certificates.selfSigned(folder);
    gateway = new Gateway(8 << 20, KEYS, tls, Duration.ofSeconds(20));
  }

  @AfterEach
  void nothingIsHeld() {
    assertThat(gateway.budget.usedBytes()).isZero();
    gateway.close();
  }

  private String url(Listener listener) {
    return "https://localhost:" + listener.address().getPort();
  }

  private LogRecordExporter exporter(String protocol, String header, String value)
      throws Exception {
    byte[] trusted = Files.readAllBytes(tls.certificates());
    return protocol.equals("http")
        ? OtlpHttpLogRecordExporter.builder()
            .setEndpoint(url(gateway.http) + "/v1/logs")
            .setTrustedCertificates(trusted)
            .addHeader(header, value)
            .build()
        : OtlpGrpcLogRecordExporter.builder()
            .setEndpoint(url(gateway.grpc))
            .setTrustedCertificates(trusted)
            .addHeader(header, value)
            .build();
  }

  @ParameterizedTest
  @CsvSource({
    "http,authorization,Bearer s3cret", "http,x-api-key,s3cret",
    "grpc,authorization,bearer s3cret", "grpc,x-api-key,s3cret"
  })
  void takesRecordsOfAKnownKeyForItsTenant(String protocol, String header, String value)
      throws Exception {
    assertThat(export(exporter(protocol, header, value))).isTrue();
    assertThat(gateway.intake.payloads.getFirst().tenant()).isEqualTo("team-a");
  }

  @ParameterizedTest
  @CsvSource({
    "http,x-api-key,other",
    "http,x-other,s3cret",
    "http,authorization,Basic s3cret",
    "grpc,x-api-key,other",
    "grpc,x-other,s3cret"
  })
  void refusesAnUnknownKeyOrNone(String protocol, String header, String value) throws Exception {
    assertThat(export(exporter(protocol, header, value))).isFalse();
    assertThat(gateway.intake.payloads).isEmpty();
    assertThat(Metrics.page(gateway.registry))
        .contains(
            "lodge_receive_requests_total{outcome=\"unauthenticated\",protocol=\"otlp-%s\"} 1.0"
                .formatted(protocol));
  }

  private static boolean export(LogRecordExporter exporter) {
    boolean[] success = {true};
    LogRecordExporter watched = new WatchedExporter(exporter, success);
    try (SdkLoggerProvider provider =
        SdkLoggerProvider.builder()
            .addLogRecordProcessor(SimpleLogRecordProcessor.create(watched))
            .build()) {
      provider.get("test").logRecordBuilder().setSeverity(Severity.INFO).setBody("hi").emit();
      provider.forceFlush().join(20, TimeUnit.SECONDS);
    }
    return success[0];
  }

  @Test
  void namesPortAndKeyWhenThePortIsTaken() {
    int port = gateway.http.address().getPort();
    assertThatThrownBy(() ->
            Listener.open(
                Gateway.options("receive.otlp.http", port, null),
                gateway.workers(),
                builder -> builder.service("/", (ctx, req) -> null)))
        .isInstanceOf(CannotListenException.class)
        .hasMessageContaining("cannot listen on 127.0.0.1:" + port)
        .hasMessageContaining(port + ": Address already in use, by process ")
        .hasMessageContaining("change receive.otlp.http");
  }

  @Test
  void namesTheFilesWhenTheyCannotBeUsed() {
    TlsFiles missing = new TlsFiles(folder.resolve("no.pem"), tls.key());
    assertThatThrownBy(() ->
            Listener.open(
                Gateway.options("receive.otlp.http", 0, missing),
                gateway.workers(),
                builder -> builder.service("/", (ctx, req) -> null)))
        .isInstanceOf(CannotListenException.class)
        .hasMessageContaining("with TLS")
        .hasMessageContaining("no.pem");
  }
}
