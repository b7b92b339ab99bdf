package io.lodge.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code lodge ship} and {@code lodge sql} as processes, beside a running Lodge. */
class CommandsTest {
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

  private static GatewayProcess run(String name, String... arguments) {
    return GatewayProcess.start(folder.resolve(name), List.of(), List.of(arguments));
  }

  @Test
  void linesThatAreShippedAreFoundBySql() throws IOException {
    Path file = folder.resolve("app.log");
    Files.writeString(file, "INFO started\nERROR hällo \"wörld\"\nno line break at the end");
    GatewayProcess ship =
        run(
            "ship.out",
            "ship",
            "--service",
            "app",
            "--resource",
            "k8s.namespace.name=shop",
            "--to",
            lodge.at().otlpHttpUrl().toString(),
            file.toString());
    assertThat(ship.await()).as(ship.output()).isZero();
    lodge.awaitEmptyJournal();

    GatewayProcess sql =
        run(
            "sql.out",
            "sql",
            "--api",
            lodge.at().apiUrl().toString(),
            "--format",
            "CSV",
            "--param",
            "s=app",
            "SELECT Namespace, SeverityText, Body FROM otel.generic_logs"
                + " WHERE ServiceName = {s:String} ORDER BY Body");
    assertThat(sql.await()).as(sql.output()).isZero();
    assertThat(sql.output())
        .isEqualTo(
            """
            "shop","ERROR","ERROR hällo ""wörld""\"
            "shop","INFO","INFO started"
            "shop","","no line break at the end"
            """);

    String system = Http.get(lodge.at().apiUrl().resolve("/api/system")).text();
    assertThat(system)
        .contains("\"protocol\":\"otlp-http\",\"accepted\":\"3\",\"rejected\":\"0\"")
        .contains("\"delivered\":{\"rows\":\"3\"")
        .contains("\"url_kind\":\"embedded\",\"ready\":true");
  }

  @Test
  void aQueryThatFailsAfterItsFirstRowsSaysWhy() {
    GatewayProcess sql =
        run(
            "cut.out",
            "sql",
            "--format",
            "TSV",
            "--api",
            lodge.at().apiUrl().toString(),
            "SELECT throwIf(number = 3000000, 'enough is enough') FROM system.numbers");
    assertThat(sql.await()).isEqualTo(1);
    assertThat(sql.output())
        .contains("0\n0\n", "cannot print the whole result: it was cut off", "enough is enough");
  }

  @Test
  void aQueryThatFailsSaysWhy() {
    GatewayProcess sql =
        run("bad.out", "sql", "--api", lodge.at().apiUrl().toString(), "SELECT nothing FROM x.y");
    assertThat(sql.await()).isEqualTo(1);
    assertThat(sql.output()).contains("x");
  }
}
