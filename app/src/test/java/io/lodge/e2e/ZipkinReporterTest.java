package io.lodge.e2e;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import zipkin2.Endpoint;
import zipkin2.Span;
import zipkin2.reporter.AsyncReporter;
import zipkin2.reporter.BytesMessageSender;
import zipkin2.reporter.SpanBytesEncoder;
import zipkin2.reporter.urlconnection.URLConnectionSender;

/** Zipkin's own reporter reports to Lodge: what it was given is what SQL finds, field by field. */
class ZipkinReporterTest {
  private static final int SPANS = 300;
  private static final List<Span.Kind> KINDS = List.of(Span.Kind.values());

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
  @EnumSource(
      value = SpanBytesEncoder.class,
      names = {"JSON_V2", "PROTO3"})
  void whatWasReportedIsWhatSqlFinds(SpanBytesEncoder encoder) throws Exception {
    String service = "zipkin-" + encoder.name().toLowerCase(Locale.ROOT);
    long startMicros = (System.currentTimeMillis() - 60_000) * 1000;
    List<Span> spans =
        LongStream.range(0, SPANS).mapToObj(i -> span(service, startMicros, i)).toList();
    BytesMessageSender sender =
        URLConnectionSender.newBuilder()
            .endpoint(lodge.at().otlpHttpUrl().resolve("/api/v2/spans").toString())
            .encoding(encoder.encoding())
            .build();
    try (AsyncReporter<Span> reporter =
        AsyncReporter.builder(sender).messageTimeout(50, TimeUnit.MILLISECONDS).build(encoder)) {
      spans.forEach(reporter::report);
      reporter.flush();
    }
    sender.close();
    Sql sql = lodge.reader();
    String from = " FROM otel.otel_traces WHERE ServiceName = '" + service + "'";
    Waiting.until(
        "all spans are stored", () -> sql.number("SELECT count()" + from) == SPANS, lodge::output);
    assertThat(
            sql.rows(
                "SELECT TraceId, SpanId, ParentSpanId, SpanName, SpanKind,"
                    + " toUnixTimestamp64Nano(Timestamp), Duration, StatusCode, StatusMessage,"
                    + " toString(mapSort(SpanAttributes)), toString(ResourceAttributes),"
                    + " toString(Events.Name),"
                    + " toString(arrayMap(t -> toUnixTimestamp64Nano(t), Events.Timestamp))"
                    + from))
        .containsExactlyInAnyOrderElementsOf(spans.stream().map(ZipkinReporterTest::row).toList());
  }

  private static Span span(String service, long startMicros, long i) {
    Span.Builder span =
        Span.newBuilder()
            .traceId(i % 3 == 0 ? i + 1 : 0, i + 1)
            .id(i + 77)
            .name("GET /cart/" + i % 5 + " é")
            .timestamp(startMicros + i)
            .duration(1 + i * 10)
            .localEndpoint(
                Endpoint.newBuilder().serviceName(service).ip("10.0.0.1").port(8080).build())
            .putTag("http.path", "/cart/" + i)
            .addAnnotation(startMicros + i + 1, "cache miss");
    if (i % 2 == 0) {
      span.parentId(i + 1000).kind(KINDS.get((int) (i / 2 % 4)));
      span.remoteEndpoint(
          Endpoint.newBuilder().serviceName("db").ip("192.0.2.9").port(5432).build());
    }
    if (i % 7 == 0) {
      span.putTag("error", i % 14 == 0 ? "true" : "timed out");
    }
    if (i % 5 == 0) {
      span.shared(true);
    }
    return span.build();
  }

  /** What a span becomes: docs/agents.md. */
  private static List<String> row(Span span) {
    Map<String, String> attributes = new TreeMap<>(span.tags());
    Endpoint local = requireNonNull(span.localEndpoint());
    attributes.put("network.local.address", String.valueOf(local.ipv4()));
    attributes.put("network.local.port", Integer.toString(local.portAsInt()));
    Endpoint remote = span.remoteEndpoint();
    if (remote != null) {
      attributes.put("peer.service", String.valueOf(remote.serviceName()));
      attributes.put("network.peer.address", String.valueOf(remote.ipv4()));
      attributes.put("network.peer.port", Integer.toString(remote.portAsInt()));
    }
    if (Boolean.TRUE.equals(span.shared())) {
      attributes.put("zipkin.shared", "true");
    }
    String error = span.tags().getOrDefault("error", "");
    Span.Kind kind = span.kind();
    return List.of(
        "0".repeat(32 - span.traceId().length()) + span.traceId(),
        span.id(),
        span.parentId() == null ? "" : span.parentId(),
        String.valueOf(span.name()),
        kind == null ? "Unspecified" : title(kind.name()),
        span.timestampAsLong() + "000",
        span.durationAsLong() + "000",
        error.isEmpty() ? "Unset" : "Error",
        error.equals("true") ? "" : error,
        text(attributes),
        "{'service.name':'" + local.serviceName() + "'}",
        "['cache miss']",
        "[" + span.annotations().getFirst().timestamp() + "000]");
  }

  private static String title(String word) {
    return word.charAt(0) + word.substring(1).toLowerCase(Locale.ROOT);
  }

  private static String text(Map<String, String> map) {
    return map.entrySet().stream()
        .map(entry -> "'" + entry.getKey() + "':'" + entry.getValue() + "'")
        .collect(Collectors.joining(",", "{", "}"));
  }
}
