package io.lodge.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** OpenTelemetry's JavaScript SDK sends spans and metrics; SQL finds what was sent. */
class JsSdkSignalsTest {
  /** Spans expire after a month: theirs is now. */
  private static final long SECONDS = System.currentTimeMillis() / 1000;

  private static final String TRACE = "0af7651916cd43dd8448eb211c80319c";

  @TempDir static Path folder;
  private static RunningLodge lodge;

  @BeforeAll
  static void start() throws Exception {
    JsSdk.install();
    lodge = RunningLodge.start(folder, "journal.segment_age=50ms");
  }

  @AfterAll
  static void close() {
    lodge.close();
  }

  private static void send(String script, String path, String protocol, String compression)
      throws Exception {
    String url =
        protocol.equals("grpc")
            ? lodge.at().otlpGrpcUrl().toString()
            : lodge.at().otlpHttpUrl() + path;
    JsSdk.run(
        script, protocol, url, compression, service(protocol, compression), Long.toString(SECONDS));
    lodge.awaitEmptyJournal();
  }

  private static String service(String protocol, String compression) {
    return "js-" + protocol + "-" + compression;
  }

  @ParameterizedTest
  @CsvSource({"proto,gzip", "json,none", "json,gzip", "grpc,none"})
  void everyFieldOfEverySpanIsStored(String protocol, String compression) throws Exception {
    send("send-traces.mjs", "/v1/traces", protocol, compression);
    List<List<String>> spans = StoredSpans.of(lodge.reader(), service(protocol, compression));
    assertThat(spans)
        .containsExactly(
            List.of(
                SECONDS + "123456789",
                "1876543211",
                TRACE,
                "aaaaaaaaaaaaaaaa",
                "",
                "",
                "257",
                "GET /cart",
                "Server",
                "{'int':'-7','list':'[\"x\",\"y \\\"z\\\"\"]','text':'hällo \uD83D\uDE00'}",
                "1",
                "Ok",
                "",
                "[%1$d200000001,%1$d200000002]".formatted(SECONDS),
                "['cache miss','retry']",
                "[{'key':'k1'},{}]",
                "[1,0]",
                "0",
                "['11111111111111111111111111111111']",
                "['2222222222222222']",
                "['']",
                "[{'why':'batch'}]",
                "[1]",
                "[256]",
                "0",
                "checkout 1.2.3 https://example.com/scope/2.0",
                "shop 8 https://example.com/resource/1.0",
                "default"),
            List.of(
                (SECONDS + 1) + "000000000",
                "7",
                TRACE,
                "bbbbbbbbbbbbbbbb",
                "aaaaaaaaaaaaaaaa",
                "",
                "257",
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
                "default"));
  }

  /** The SDK takes its own times; all other fields are those that were sent. */
  @ParameterizedTest
  @CsvSource({"proto,gzip", "json,none", "json,gzip", "grpc,none"})
  void everyKindOfMetricIsStored(String protocol, String compression) throws Exception {
    send("send-metrics.mjs", "/v1/metrics", protocol, compression);
    StoredPoints stored = new StoredPoints(lodge.reader(), service(protocol, compression));
    assertThat(stored.sums())
        .extracting(row -> withoutTimes(row, 4))
        .containsExactly(
            List.of(
                "orders",
                "Orders placed",
                "{order}",
                "{'shop':'eu'}",
                "42 42 2",
                "2 true 0",
                "[] [] []",
                "[] []"),
            List.of("queue", "", "", "{}", "0 -2.5 1", "2 false 0", "[] [] []", "[] []"));
    assertThat(stored.gauges())
        .extracting(row -> withoutTimes(row, 4))
        .containsExactly(List.of("temperature", "", "Cel", "{'room':'k'}", "0 21.5 1", "0"));
    assertThat(stored.histograms())
        .extracting(row -> withoutTimes(row, 3))
        .containsExactly(
            List.of(
                "latency",
                "s",
                "{'route':'/'}",
                "3 7.25 0.25 5",
                "true true true",
                "[1,1,1] [1,4]",
                "2",
                "[]"));
    assertThat(stored.exponentialHistograms())
        .extracting(row -> withoutTimes(row, 2))
        .containsExactly(
            List.of(
                "size", "By", "3 5 0 4", "true true true", "1 0", "0", "[1,0,1] -1", "[] 0", "2"));
  }

  private static List<String> withoutTimes(List<String> row, int at) {
    String[] times = row.get(at).split(" ", -1);
    assertThat(Long.parseLong(times[0])).isPositive().isLessThanOrEqualTo(Long.parseLong(times[1]));
    List<String> rest = new java.util.ArrayList<>(row);
    rest.remove(at);
    return rest;
  }
}
