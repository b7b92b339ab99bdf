package io.lodge.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import io.lodge.base.FreePorts;
import io.lodge.engine.Engine;
import io.lodge.engine.TestEngine;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Debian's rsyslog and logger send; SQL returns what was sent, each message once. */
class RsyslogTest {
  private static final int MESSAGES = 500;

  @TempDir Path folder;
  @TempDir static Path engineFolder;
  private static Engine engine;
  private LocalLodge lodge;
  private int port;

  @BeforeAll
  static void startEngine() {
    engine = TestEngine.start(engineFolder);
  }

  @AfterAll
  static void closeEngine() {
    engine.close();
  }

  @BeforeEach
  void start() throws Exception {
    port = FreePorts.one();
    lodge =
        new LocalLodge(
            folder,
            engine.endpoint().url(),
            engine,
            "receive.syslog.tcp=127.0.0.1:" + port,
            "receive.syslog.udp=127.0.0.1:" + port,
            "journal.segment_age=50ms");
  }

  @AfterEach
  void close() {
    lodge.close();
  }

  @ParameterizedTest
  @CsvSource({
    "counted, tcp, octet-counted, RSYSLOG_SyslogProtocol23Format",
    "lines, tcp, traditional, RSYSLOG_TraditionalForwardFormat",
    "iso, tcp, octet-counted, RSYSLOG_ForwardFormat",
    "datagrams, udp, traditional, RSYSLOG_SyslogProtocol23Format"
  })
  void rsyslogForwards(String name, String protocol, String framing, String template)
      throws Exception {
    String app = "rsyslog-" + name;
    Path root =
        Files.exists(Path.of("/usr/sbin/rsyslogd"))
            ? Path.of("/")
            : Debian.packages("rsyslog", "rsyslog", "libestr0", "libfastjson4");
    Path input = folder.resolve("input.log");
    List<String> sent =
        IntStream.range(0, MESSAGES).mapToObj(i -> "message " + i + " grün").toList();
    Files.writeString(input, String.join("\n", sent) + "\n");
    Process rsyslog = start(root, config(input, app, protocol, framing, template));
    try {
      awaitRows(app, MESSAGES);
    } finally {
      rsyslog.destroy();
      rsyslog.waitFor();
    }
    assertThat(new TreeSet<>(column(app, "Body"))).isEqualTo(new TreeSet<>(sent));
    assertThat(column(app, "Body")).hasSize(MESSAGES);
    assertThat(
            lodge
                .reader()
                .rows(
                    "SELECT DISTINCT SeverityText, SeverityNumber, ResourceAttributes['host.name'],"
                        + " LogAttributes['syslog.facility'], LogAttributes['network.transport'],"
                        + " abs(Timestamp - ReceivedAt) < 100, LogAttributes['syslog.problem']"
                        + " FROM otel.generic_logs WHERE ServiceName = '"
                        + app
                        + "'"))
        .containsExactly(List.of("err", "17", "shop-1", "local3", protocol, "1", ""));
  }

  private String config(Path input, String app, String protocol, String framing, String template) {
    return """
    global(workDirectory="%1$s" localHostname="shop-1" parser.escapeControlCharactersOnReceive="off")
    module(load="imfile")
    input(type="imfile" file="%2$s" tag="%3$s:" severity="error" facility="local3")
    action(type="omfwd" target="127.0.0.1" port="%4$d" protocol="%5$s" template="%7$s" %6$s)
    """
        .formatted(
            folder,
            input,
            app,
            port,
            protocol,
            protocol.equals("tcp") ? "TCP_Framing=\"" + framing + "\"" : "",
            template);
  }

  private Process start(Path root, String config) throws IOException {
    Path file = folder.resolve("rsyslog.conf");
    Files.writeString(file, config);
    Path libraries = root.resolve("usr/lib/x86_64-linux-gnu");
    ProcessBuilder builder =
        new ProcessBuilder(
                root.resolve("usr/sbin/rsyslogd").toString(),
                "-n",
                "-f",
                file.toString(),
                "-i",
                folder.resolve("rsyslog.pid").toString(),
                "-M",
                libraries.resolve("rsyslog").toString())
            .redirectErrorStream(true)
            .redirectOutput(folder.resolve("rsyslog.out").toFile());
    builder.environment().put("LD_LIBRARY_PATH", libraries.toString());
    // Local time in RFC 3164: the same zone as receive.syslog.timezone.
    builder.environment().put("TZ", "UTC");
    return builder.start();
  }

  @Test
  void loggerSends() throws Exception {
    List<List<String>> ways =
        List.of(
            List.of("--tcp", "--rfc5424"),
            List.of("--tcp", "--rfc5424", "--octet-count"),
            List.of("--tcp", "--rfc3164"),
            List.of("--udp", "--rfc5424"),
            List.of("--udp", "--rfc3164"));
    List<String> sent = new ArrayList<>();
    for (List<String> way : ways) {
      String text = "by logger " + String.join(" ", way);
      sent.add(text);
      List<String> command = new ArrayList<>(List.of("logger", "--server", "127.0.0.1"));
      command.addAll(List.of("--port", "" + port, "--tag", "logger-test", "--id=77"));
      command.addAll(List.of("--priority", "auth.crit"));
      command.addAll(way);
      if (way.contains("--rfc5424")) {
        command.addAll(List.of("--msgid", "M1", "--sd-id", "x@1", "--sd-param", "k=\"v w\""));
      }
      command.addAll(List.of("--", text));
      Debian.run(folder, command);
    }
    awaitRows("logger-test", ways.size());
    assertThat(column("logger-test", "Body")).containsExactlyInAnyOrderElementsOf(sent);
    assertThat(column("logger-test", "LogAttributes['syslog.procid']")).containsOnly("77");
    assertThat(column("logger-test", "SeverityText || LogAttributes['syslog.facility']"))
        .containsOnly("critauth");
    assertThat(
            column(
                "logger-test",
                "'=' || LogAttributes['syslog.sd.x@1.k'] || LogAttributes['syslog.msgid']"))
        .containsExactlyInAnyOrder("=v wM1", "=v wM1", "=v wM1", "=", "=");
  }

  private void awaitRows(String app, int count) {
    Waiting.until(
        count + " messages of " + app + " are stored",
        () -> column(app, "Body").size() >= count,
        () -> column(app, "Body").size() + " are; " + lodge.metrics() + output());
  }

  private String output() {
    try {
      return Files.readString(folder.resolve("rsyslog.out"));
    } catch (IOException none) {
      return "";
    }
  }

  private List<String> column(String app, String expression) {
    return lodge
        .reader()
        .rows("SELECT " + expression + " FROM otel.generic_logs WHERE ServiceName = '" + app + "'")
        .stream()
        .map(List::getFirst)
        .toList();
  }
}
