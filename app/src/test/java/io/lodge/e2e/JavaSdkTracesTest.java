package io.lodge.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanContext;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.api.trace.StatusCode;
import io.opentelemetry.api.trace.TraceFlags;
import io.opentelemetry.api.trace.TraceState;
import io.opentelemetry.api.trace.Tracer;
import io.opentelemetry.context.Context;
import io.opentelemetry.exporter.otlp.http.trace.OtlpHttpSpanExporter;
import io.opentelemetry.exporter.otlp.trace.OtlpGrpcSpanExporter;
import io.opentelemetry.sdk.resources.Resource;
import io.opentelemetry.sdk.trace.SdkTracerProvider;
import io.opentelemetry.sdk.trace.SpanLimits;
import io.opentelemetry.sdk.trace.export.BatchSpanProcessor;
import io.opentelemetry.sdk.trace.export.SpanExporter;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** OpenTelemetry's Java SDK sends spans; every field of each is found by SQL. */
class JavaSdkTracesTest {
  private static final long SECOND = 1_000_000_000;

  /** Spans expire after a month: theirs is now. */
  private static final long TIME = System.currentTimeMillis() / 1000 * SECOND;

  private static final String REMOTE_SPAN = "b7ad6b7169203331";
  private static final String OTHER_TRACE = "11111111111111111111111111111111";
  private static final String OTHER_SPAN = "2222222222222222";

  @TempDir static Path folder;
  private static RunningLodge lodge;

  @BeforeAll
  static void start() {
    lodge = RunningLodge.start(folder, "journal.segment_age=50ms");
  }

  @AfterAll
  static void close() {
    lodge.close();
  }

  @ParameterizedTest
  @CsvSource({"http,none", "http,gzip", "grpc,none", "grpc,gzip"})
  void everyFieldOfEverySpanIsStored(String protocol, String compression) {
    String service = "java-" + protocol + "-" + compression;
    String trace = "%032x".formatted(service.hashCode() & 0xFFFFFFFFL);
    List<SpanContext> sent = send(exporter(protocol, compression), service, trace);
    lodge.awaitEmptyJournal();
    assertThat(StoredSpans.of(lodge.reader(), service))
        .containsExactly(
            server(trace, sent.getFirst().getSpanId()),
            client(trace, sent.get(1).getSpanId(), sent.getFirst().getSpanId()));
    assertThat(StoredSpans.range(lodge.reader(), trace))
        .containsExactly(Long.toString(TIME / SECOND), Long.toString(TIME / SECOND + 1));
  }

  private static SpanExporter exporter(String protocol, String compression) {
    return protocol.equals("http")
        ? OtlpHttpSpanExporter.builder()
            .setEndpoint(lodge.at().otlpHttpUrl() + "/v1/traces")
            .setCompression(compression)
            .build()
        : OtlpGrpcSpanExporter.builder()
            .setEndpoint(lodge.at().otlpGrpcUrl().toString())
            .setCompression(compression)
            .build();
  }

  /** A server's span, whose parent is remote, and within it a client's that failed. */
  private static List<SpanContext> send(SpanExporter exporter, String service, String trace) {
    Resource resource =
        Resource.create(
            Attributes.builder()
                .put("service.name", service)
                .put("k8s.namespace.name", "shop")
                .put("cores", 8)
                .build(),
            "https://example.com/resource/1.0");
    SpanLimits limits =
        SpanLimits.builder()
            .setMaxNumberOfAttributes(3)
            .setMaxNumberOfEvents(2)
            .setMaxNumberOfLinks(1)
            .setMaxNumberOfAttributesPerEvent(1)
            .setMaxNumberOfAttributesPerLink(1)
            .build();
    try (SdkTracerProvider provider =
        SdkTracerProvider.builder()
            .setResource(resource)
            .setSpanLimits(limits)
            .addSpanProcessor(BatchSpanProcessor.builder(exporter).build())
            .build()) {
      Tracer tracer =
          provider
              .tracerBuilder("checkout")
              .setInstrumentationVersion("1.2.3")
              .setSchemaUrl("https://example.com/scope/2.0")
              .build();
      SpanContext remote =
          SpanContext.createFromRemoteParent(
              trace,
              REMOTE_SPAN,
              TraceFlags.getSampled(),
              TraceState.builder().put("vendor", "x").build());
      SpanContext other =
          SpanContext.create(
              OTHER_TRACE, OTHER_SPAN, TraceFlags.getDefault(), TraceState.getDefault());
      Span server =
          tracer
              .spanBuilder("GET /cart")
              .setParent(Context.root().with(Span.wrap(remote)))
              .setSpanKind(SpanKind.SERVER)
              .setStartTimestamp(TIME + 123_456_789, TimeUnit.NANOSECONDS)
              .setAttribute("text", "hällo \uD83D\uDE00")
              .setAttribute("int", Long.MIN_VALUE)
              .setAttribute(AttributeKey.stringArrayKey("list"), List.of("x", "y \"z\""))
              .setAttribute("dropped", "the fourth is over the limit")
              .addLink(other, Attributes.builder().put("why", "batch").put("x", "dropped").build())
              .addLink(other)
              .startSpan();
      server.addEvent(
          "cache miss",
          Attributes.builder().put("key", "k1").put("x", "dropped").build(),
          TIME + 200_000_001,
          TimeUnit.NANOSECONDS);
      server.addEvent("retry", TIME + 200_000_002, TimeUnit.NANOSECONDS);
      server.addEvent("dropped", TIME + 200_000_003, TimeUnit.NANOSECONDS);
      Span client =
          tracer
              .spanBuilder("SELECT")
              .setParent(Context.root().with(server))
              .setSpanKind(SpanKind.CLIENT)
              .setStartTimestamp(TIME + SECOND, TimeUnit.NANOSECONDS)
              .startSpan();
      client.setStatus(StatusCode.ERROR, "deadline \"exceeded\"");
      client.end(TIME + SECOND + 7, TimeUnit.NANOSECONDS);
      server.setStatus(StatusCode.OK);
      server.end(TIME + 2 * SECOND, TimeUnit.NANOSECONDS);
      assertThat(provider.forceFlush().join(60, TimeUnit.SECONDS).isSuccess()).isTrue();
      return List.of(server.getSpanContext(), client.getSpanContext());
    }
  }

  private static List<String> server(String trace, String span) {
    return List.of(
        Long.toString(TIME + 123_456_789),
        Long.toString(2 * SECOND - 123_456_789),
        trace,
        span,
        REMOTE_SPAN,
        "vendor=x",
        // Sampled, and the parent is known to be remote.
        Integer.toString(0x301),
        "GET /cart",
        "Server",
        "{'int':'-9223372036854775808','list':'[\"x\",\"y \\\"z\\\"\"]','text':'hällo \uD83D\uDE00'}",
        "1",
        "Ok",
        "",
        "[%d,%d]".formatted(TIME + 200_000_001, TIME + 200_000_002),
        "['cache miss','retry']",
        "[{'key':'k1'},{}]",
        "[1,0]",
        "1",
        "['" + OTHER_TRACE + "']",
        "['" + OTHER_SPAN + "']",
        "['']",
        "[{'why':'batch'}]",
        "[1]",
        "[256]",
        "1",
        "checkout 1.2.3 https://example.com/scope/2.0",
        "shop 8 https://example.com/resource/1.0",
        "default");
  }

  private static List<String> client(String trace, String span, String parent) {
    return List.of(
        Long.toString(TIME + SECOND),
        "7",
        trace,
        span,
        parent,
        "vendor=x",
        Integer.toString(0x101),
        "SELECT",
        "Client",
        "{}",
        "0",
        "Error",
        "deadline \"exceeded\"",
        "[]",
        "[]",
        "[]",
        "[]",
        "0",
        "[]",
        "[]",
        "[]",
        "[]",
        "[]",
        "[]",
        "0",
        "checkout 1.2.3 https://example.com/scope/2.0",
        "shop 8 https://example.com/resource/1.0",
        "default");
  }
}
