package io.lodge.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import io.lodge.base.net.TlsFiles;
import io.lodge.config.AccessKey;
import io.lodge.config.Secret;
import io.lodge.engine.Engine;
import io.lodge.engine.TestEngine;
import io.lodge.receive.Certificates;
import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.exporter.otlp.http.logs.OtlpHttpLogRecordExporter;
import io.opentelemetry.exporter.otlp.logs.OtlpGrpcLogRecordExporter;
import io.opentelemetry.sdk.logs.SdkLoggerProvider;
import io.opentelemetry.sdk.logs.export.LogRecordExporter;
import io.opentelemetry.sdk.logs.export.SimpleLogRecordProcessor;
import io.opentelemetry.sdk.resources.Resource;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.security.cert.CertificateFactory;
import java.util.List;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Keys and TLS on every listener, with OpenTelemetry's exporters and the JDK's client. */
class AccessTest {
  private static final Secret INGEST = AccessKey.generate(AccessKey.Kind.INGEST);
  private static final Secret QUERY = AccessKey.generate(AccessKey.Kind.QUERY);
  private static final String KEYS =
      "auth.keys=[{name: agents, kind: ingest, hash: \"%s\", tenant: shop}, {name: people, kind: query, hash: \"%s\"}]"
          .formatted(AccessKey.hashOf(INGEST), AccessKey.hashOf(QUERY));

  @TempDir static Path engineFolder;
  private static Engine engine;
  @TempDir Path folder;

  @BeforeAll
  static void startEngine() {
    engine = TestEngine.start(engineFolder);
  }

  @AfterAll
  static void closeEngine() {
    engine.close();
  }

  private LocalLodge lodge(String... settings) throws Exception {
    return new LocalLodge(folder, engine.endpoint().url(), engine, settings);
  }

  @Test
  void everyListenerAsksForItsKindOfKey() throws Exception {
    try (LocalLodge lodge = lodge(KEYS)) {
      Addresses at = lodge.at();
      String http = at.otlpHttpUrl() + "/v1/logs";
      String grpc = at.otlpGrpcUrl().toString();
      assertThat(export(http(http).build(), "none")).isFalse();
      assertThat(export(grpc(grpc).build(), "none")).isFalse();
      assertThat(export(http(http).addHeader("x-api-key", QUERY.reveal()).build(), "none"))
          .isFalse();
      assertThat(export(grpc(grpc).addHeader("x-api-key", QUERY.reveal()).build(), "none"))
          .isFalse();
      assertThat(export(http(http).addHeader("x-api-key", INGEST.reveal()).build(), "keyed"))
          .isTrue();
      assertThat(export(grpc(grpc).addHeader("authorization", bearer(INGEST)).build(), "keyed"))
          .isTrue();

      URI api = at.apiUrl();
      for (String path : List.of("/api/sql", "/metrics")) {
        assertThat(Http.post(api.resolve(path), "SELECT 1").status()).as(path).isEqualTo(401);
        assertThat(
                Http.post(api.resolve(path), "SELECT 1", "authorization", bearer(INGEST)).status())
            .as(path)
            .isEqualTo(401);
      }
      assertThat(Http.get(api.resolve("/healthz")).status()).isEqualTo(200);
      Sql reader =
          statement ->
              Http.post(api.resolve("/api/sql"), statement, "authorization", bearer(QUERY));
      Waiting.until(
          "both keyed records are there",
          () ->
              reader.number("SELECT count() FROM otel.generic_logs WHERE ServiceName = 'keyed'")
                  == 2);
      assertThat(reader.rows("SELECT DISTINCT Tenant, ServiceName FROM otel.generic_logs"))
          .containsExactly(List.of("shop", "keyed"));
    }
  }

  @Test
  void everyListenerSpeaksTls() throws Exception {
    TlsFiles files = Certificates.selfSigned(folder);
    byte[] certificate = Files.readAllBytes(files.certificates());
    try (LocalLodge lodge =
        lodge("tls.certificate=" + files.certificates(), "tls.key=" + files.key())) {
      Addresses at = lodge.at();
      LogRecordExporter http =
          http("https://localhost:" + at.otlpHttp() + "/v1/logs")
              .setTrustedCertificates(certificate)
              .build();
      LogRecordExporter grpc =
          grpc("https://localhost:" + at.otlpGrpc()).setTrustedCertificates(certificate).build();
      assertThat(export(http, "tls")).isTrue();
      assertThat(export(grpc, "tls")).isTrue();
      try (HttpClient client = HttpClient.newBuilder().sslContext(trusting(files)).build()) {
        Waiting.until(
            "both records are there",
            () ->
                query(
                        client,
                        at.api(),
                        "SELECT count() FROM otel.generic_logs WHERE ServiceName = 'tls'")
                    .equals("2"));
      }
    }
  }

  private static String query(HttpClient client, int port, String sql) throws Exception {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create("https://localhost:" + port + "/api/sql"))
            .POST(HttpRequest.BodyPublishers.ofString(sql))
            .build();
    return client.send(request, HttpResponse.BodyHandlers.ofString()).body().strip();
  }

  private static SSLContext trusting(TlsFiles files) throws Exception {
    KeyStore trusted = KeyStore.getInstance(KeyStore.getDefaultType());
    trusted.load(null, null);
    try (InputStream in = Files.newInputStream(files.certificates())) {
      trusted.setCertificateEntry(
          "lodge", CertificateFactory.getInstance("X.509").generateCertificate(in));
    }
    TrustManagerFactory trust =
        TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    trust.init(trusted);
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(null, trust.getTrustManagers(), null);
    return context;
  }

  private static String bearer(Secret key) {
    return "Bearer " + key.reveal();
  }

  private static io.opentelemetry.exporter.otlp.http.logs.OtlpHttpLogRecordExporterBuilder http(
      String endpoint) {
    return OtlpHttpLogRecordExporter.builder().setEndpoint(endpoint);
  }

  private static io.opentelemetry.exporter.otlp.logs.OtlpGrpcLogRecordExporterBuilder grpc(
      String endpoint) {
    return OtlpGrpcLogRecordExporter.builder().setEndpoint(endpoint);
  }

  /** Sends one record; whether it was acknowledged. */
  private static boolean export(LogRecordExporter exporter, String service) {
    try (SdkLoggerProvider provider =
        SdkLoggerProvider.builder()
            .setResource(Resource.create(Attributes.builder().put("service.name", service).build()))
            .addLogRecordProcessor(SimpleLogRecordProcessor.create(exporter))
            .build()) {
      provider.get("test").logRecordBuilder().setBody("one").emit();
      return provider.forceFlush().join(60, TimeUnit.SECONDS).isSuccess();
    }
  }
}
