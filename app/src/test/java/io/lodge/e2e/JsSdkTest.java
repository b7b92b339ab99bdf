package io.lodge.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** OpenTelemetry's JavaScript SDK sends; every field of every record is found by SQL. */
class JsSdkTest {
  private static final long SECOND = 1_000_000_000;
  private static final long TIME = 3_500_000_000L * SECOND;

  @TempDir static Path folder;
  private static RunningLodge lodge;

  @BeforeAll
  static void start() throws Exception {
    JsSdk.install();
    // Without the built-in rules: the fields of JSON bodies would become attributes too.
    lodge = RunningLodge.start(folder, "journal.segment_age=50ms", "route.built_in=false");
  }

  @AfterAll
  static void close() {
    lodge.close();
  }

  @ParameterizedTest
  @CsvSource({"proto,none", "proto,gzip", "json,none", "json,gzip", "grpc,none", "grpc,gzip"})
  void everyFieldOfEveryRecordIsStored(String protocol, String compression) throws Exception {
    String service = "js-" + protocol + "-" + compression;
    String url =
        protocol.equals("grpc")
            ? lodge.at().otlpGrpcUrl().toString()
            : lodge.at().otlpHttpUrl() + "/v1/logs";
    JsSdk.send(protocol, url, compression, service);
    lodge.awaitEmptyJournal();
    assertThat(StoredLog.of(lodge.reader(), service)).containsExactlyElementsOf(expected(service));
  }

  /** What {@code send.mjs} sends. */
  private static List<StoredLog> expected(String service) {
    return List.of(
        full(service),
        other(
            service,
            TIME + 2 * SECOND + 1,
            1,
            "{\"user\":{\"id\":7,\"tags\":[\"new\",\"eu\"]},\"ok\":true,\"ratio\":0.25}",
            0),
        other(service, TIME + 3 * SECOND, 0, "true", 9),
        other(service, TIME + 4 * SECOND, 0, "12", 9),
        other(service, TIME + 5 * SECOND, 0, "1.25", 9),
        other(service, TIME + 6 * SECOND, 0, "[\"a\",1,null]", 9),
        other(service, TIME + 7 * SECOND, 0, "AQID", 9));
  }

  private static StoredLog full(String service) {
    return new StoredLog(
        TIME + 123_456_789,
        TIME + SECOND + 5,
        "0af7651916cd43dd8448eb211c80319c",
        "b7ad6b7169203331",
        1,
        "WARNING",
        14,
        service,
        "hällo \"wörld\"\n\t\uD83D\uDE00",
        "order.placed",
        "https://example.com/resource/1.0",
        resource(service),
        0,
        "https://example.com/scope/2.0",
        "checkout",
        "1.2.3",
        "",
        0,
        StoredLog.map(
            Map.of(
                "text", "plain",
                "empty", "",
                "yes", "true",
                "int", "42",
                "negative", "-7",
                "double", "2.5",
                "list", "[\"x\",\"y \\\"z\\\"\",3,1.5,false]",
                "map", "{\"a\":1,\"b\":{\"c\":[\"d\",true]}}",
                "bytes", "AAH+/w==")),
        1,
        "default",
        "shop");
  }

  private static StoredLog other(
      String service, long time, long observedLater, String body, int severity) {
    return new StoredLog(
        time,
        time + observedLater,
        "",
        "",
        0,
        "",
        severity,
        service,
        body,
        "",
        "https://example.com/resource/1.0",
        resource(service),
        0,
        "https://example.com/scope/2.0",
        "checkout",
        "1.2.3",
        "",
        0,
        "",
        0,
        "default",
        "shop");
  }

  private static String resource(String service) {
    return StoredLog.map(
        Map.of(
            "service.name", service,
            "k8s.namespace.name", "shop",
            "host.ids", "[\"a\",\"b\"]",
            "cores", "8"));
  }
}
