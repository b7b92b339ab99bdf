package io.lodge.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.common.KeyValue;
import io.opentelemetry.api.common.Value;
import io.opentelemetry.api.logs.Logger;
import io.opentelemetry.api.logs.Severity;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanContext;
import io.opentelemetry.api.trace.TraceFlags;
import io.opentelemetry.api.trace.TraceState;
import io.opentelemetry.context.Context;
import io.opentelemetry.exporter.otlp.http.logs.OtlpHttpLogRecordExporter;
import io.opentelemetry.exporter.otlp.logs.OtlpGrpcLogRecordExporter;
import io.opentelemetry.sdk.logs.LogLimits;
import io.opentelemetry.sdk.logs.SdkLoggerProvider;
import io.opentelemetry.sdk.logs.export.BatchLogRecordProcessor;
import io.opentelemetry.sdk.logs.export.LogRecordExporter;
import io.opentelemetry.sdk.resources.Resource;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** OpenTelemetry's Java SDK sends; every field of every record is found by SQL. */
class JavaSdkTest {
  private static final long SECOND = 1_000_000_000;
  private static final long TIME = 3_500_000_000L * SECOND;
  private static final String TRACE = "0af7651916cd43dd8448eb211c80319c";
  private static final String SPAN = "b7ad6b7169203331";

  @TempDir static Path folder;
  private static RunningLodge lodge;

  @BeforeAll
  static void start() {
    // Without the built-in rules: the fields of JSON bodies would become attributes too.
    lodge = RunningLodge.start(folder, "journal.segment_age=50ms", "route.built_in=false");
  }

  @AfterAll
  static void close() {
    lodge.close();
  }

  @ParameterizedTest
  @CsvSource({"http,none", "http,gzip", "grpc,none", "grpc,gzip"})
  void everyFieldOfEveryRecordIsStored(String protocol, String compression) {
    String service = "java-" + protocol + "-" + compression;
    send(exporter(protocol, compression), service);
    lodge.awaitEmptyJournal();
    assertThat(StoredLog.of(lodge.reader(), service))
        .containsExactly(full(service), structured(service), bare(service));
  }

  private static LogRecordExporter exporter(String protocol, String compression) {
    return protocol.equals("http")
        ? OtlpHttpLogRecordExporter.builder()
            .setEndpoint(lodge.at().otlpHttpUrl() + "/v1/logs")
            .setCompression(compression)
            .build()
        : OtlpGrpcLogRecordExporter.builder()
            .setEndpoint(lodge.at().otlpGrpcUrl().toString())
            .setCompression(compression)
            .build();
  }

  private static void send(LogRecordExporter exporter, String service) {
    Resource resource =
        Resource.create(
            Attributes.builder()
                .put("service.name", service)
                .put("k8s.namespace.name", "shop")
                .put("host.ids", "a", "b")
                .put("cores", 8)
                .build(),
            "https://example.com/resource/1.0");
    try (SdkLoggerProvider provider =
        SdkLoggerProvider.builder()
            .setResource(resource)
            .setLogLimits(() -> LogLimits.builder().setMaxNumberOfAttributes(9).build())
            .addLogRecordProcessor(BatchLogRecordProcessor.builder(exporter).build())
            .build()) {
      Logger logger =
          provider
              .loggerBuilder("checkout")
              .setInstrumentationVersion("1.2.3")
              .setSchemaUrl("https://example.com/scope/2.0")
              .build();
      emitFull(logger);
      logger
          .logRecordBuilder()
          .setTimestamp(TIME + 2 * SECOND, TimeUnit.NANOSECONDS)
          .setObservedTimestamp(TIME + 2 * SECOND, TimeUnit.NANOSECONDS)
          .setBody(
              Value.of(
                  KeyValue.of("id", Value.of(7)),
                  KeyValue.of("tags", Value.of(List.of(Value.of("new"), Value.of(true))))))
          .emit();
      logger
          .logRecordBuilder()
          .setTimestamp(TIME + 3 * SECOND, TimeUnit.NANOSECONDS)
          .setObservedTimestamp(TIME + 3 * SECOND, TimeUnit.NANOSECONDS)
          .emit();
      assertThat(provider.forceFlush().join(60, TimeUnit.SECONDS).isSuccess()).isTrue();
    }
  }

  private static void emitFull(Logger logger) {
    SpanContext span =
        SpanContext.create(TRACE, SPAN, TraceFlags.getSampled(), TraceState.getDefault());
    logger
        .logRecordBuilder()
        .setTimestamp(TIME + 123_456_789, TimeUnit.NANOSECONDS)
        .setObservedTimestamp(TIME + SECOND + 5, TimeUnit.NANOSECONDS)
        .setSeverity(Severity.WARN2)
        .setSeverityText("WARNING")
        .setEventName("order.placed")
        .setBody("hällo \"wörld\"\n\t\uD83D\uDE00")
        .setContext(Context.root().with(Span.wrap(span)))
        .setAttribute(AttributeKey.stringKey("text"), "plain")
        .setAttribute(AttributeKey.stringKey("empty"), "")
        .setAttribute(AttributeKey.booleanKey("yes"), true)
        .setAttribute(AttributeKey.longKey("int"), Long.MIN_VALUE)
        .setAttribute(AttributeKey.doubleKey("double"), 2.5)
        .setAttribute(AttributeKey.stringArrayKey("texts"), List.of("x", "y \"z\""))
        .setAttribute(AttributeKey.longArrayKey("longs"), List.of(1L, -2L))
        .setAttribute(
            AttributeKey.valueKey("map"),
            Value.of(KeyValue.of("a", Value.of(List.of(Value.of(1))))))
        .setAttribute(
            AttributeKey.valueKey("bytes"),
            Value.of(ByteBuffer.wrap(new byte[] {0, 1, -2, -1}).array()))
        .setAttribute(AttributeKey.stringKey("dropped"), "the tenth is over the limit")
        .emit();
  }

  private static StoredLog full(String service) {
    return stored(
        service,
        TIME + 123_456_789,
        TIME + SECOND + 5,
        true,
        "hällo \"wörld\"\n\t\uD83D\uDE00",
        Map.of(
            "text", "plain",
            "empty", "",
            "yes", "true",
            "int", "-9223372036854775808",
            "double", "2.5",
            "texts", "[\"x\",\"y \\\"z\\\"\"]",
            "longs", "[1,-2]",
            "map", "{\"a\":[1]}",
            "bytes", "AAH+/w=="));
  }

  private static StoredLog structured(String service) {
    return stored(
        service,
        TIME + 2 * SECOND,
        TIME + 2 * SECOND,
        false,
        "{\"id\":7,\"tags\":[\"new\",true]}",
        Map.of());
  }

  private static StoredLog bare(String service) {
    return stored(service, TIME + 3 * SECOND, TIME + 3 * SECOND, false, "", Map.of());
  }

  private static StoredLog stored(
      String service,
      long time,
      long observed,
      boolean full,
      String body,
      Map<String, String> attributes) {
    return new StoredLog(
        time,
        observed,
        full ? TRACE : "",
        full ? SPAN : "",
        full ? 1 : 0,
        full ? "WARNING" : "",
        full ? 14 : 0,
        service,
        body,
        full ? "order.placed" : "",
        "https://example.com/resource/1.0",
        StoredLog.map(
            Map.of(
                "service.name", service,
                "k8s.namespace.name", "shop",
                "host.ids", "[\"a\",\"b\"]",
                "cores", "8")),
        0,
        "https://example.com/scope/2.0",
        "checkout",
        "1.2.3",
        "",
        0,
        StoredLog.map(attributes),
        full ? 1 : 0,
        "default",
        "shop");
  }
}
