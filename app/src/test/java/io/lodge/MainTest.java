package io.lodge;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.lodge.config.AccessKey;
import io.lodge.config.Secret;
import io.lodge.ship.TestReceiver;
import io.lodge.ship.TestReceiver.Answer;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

@Timeout(60)
final class MainTest {
  @TempDir Path folder;

  private String input = "";
  private Map<String, String> environment = Map.of("HOME", "/home/ada");
  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final ByteArrayOutputStream err = new ByteArrayOutputStream();

  @Test
  void helpIsOnStandardOutputAndHasExamplesAndExitCodes() {
    for (String command :
        new String[] {"ship", "sql", "config print", "config check", "key new", "version"}) {
      out.reset();
      assertThat(run((command + " --help").split(" "))).isZero();
      assertThat(out()).as(command).contains("Examples", "Exit codes", "lodge " + command);
      assertThat(err()).isEmpty();
      assertThat(out()).doesNotContain("\u001b");
    }
  }

  @Test
  void everyCommandsHelpHasItsOptionsUnderAHeading() {
    helped(Main.commandLine(terminal(false)));
  }

  private void helped(CommandLine command) {
    assertThat(command.getUsageMessage(CommandLine.Help.Ansi.OFF))
        .as(command.getCommandSpec().qualifiedName())
        .contains("\nOptions\n")
        .doesNotContain("\n\n\n", "Exit codes\n\n", "Examples\n\n");
    command.getSubcommands().values().forEach(this::helped);
  }

  @Test
  void anEmptyQueryIsNotAsked() {
    input = " \n";
    assertThat(run("sql", "--api", "http://127.0.0.1:9")).isEqualTo(ExitCodes.USAGE);
    assertThat(err()).contains("cannot run the query: it is empty");
  }

  @Test
  void theLedgersTimeIsALength() {
    assertThat(run("ledger", "--since", "yesterday")).isEqualTo(ExitCodes.USAGE);
    assertThat(err()).contains("unexpected --since; got yesterday want 30m, 1h or 7d");
  }

  @Test
  void helpListsEveryCommandUnderWhatItIsFor() {
    assertThat(run("--help")).isZero();
    CommandLine root = Main.commandLine(terminal(false));
    assertThat(out()).contains("Send and ask", "Look inside");
    root.getSubcommands().keySet().forEach(name -> assertThat(out()).contains("  " + name + " "));
  }

  @Test
  void coloursAreForPeopleOnly() {
    environment = Map.of("TERM", "xterm");
    assertThat(Main.run(terminal(true), "--help")).isZero();
    assertThat(out()).contains("\u001b[");
    out.reset();
    environment = Map.of("TERM", "xterm", "NO_COLOR", "1");
    assertThat(Main.run(terminal(true), "--help")).isZero();
    assertThat(out()).doesNotContain("\u001b");
  }

  @Test
  void typosAreAnsweredWithWhatWasMeant() {
    assertThat(run("shpi")).isEqualTo(ExitCodes.USAGE);
    assertThat(err()).contains("lodge ship");
    err.reset();
    assertThat(run("ship", "--folow")).isEqualTo(ExitCodes.USAGE);
    assertThat(err()).contains("--follow");
    err.reset();
    assertThat(run()).isEqualTo(ExitCodes.USAGE);
    assertThat(run("config")).isEqualTo(ExitCodes.USAGE);
    assertThat(out()).isEmpty();
  }

  @Test
  void faultsOfTheConfigurationAreAllListed() {
    assertThat(run("config", "check", "--set", "api.listen=0.0.0.0:80", "--set", "log.level=x"))
        .isEqualTo(ExitCodes.USAGE);
    assertThat(err()).contains("2 faults", "api.listen", "log.level").doesNotContain("\tat ");
    assertThat(run("config", "check", "--insecure", "--set", "api.listen=0.0.0.0:80")).isZero();
  }

  @Test
  void theFileToCheckNeedsNoOptionsName() throws Exception {
    Path file = Files.writeString(folder.resolve("l.yaml"), "log.level: loud\n");
    assertThat(run("config", "check", file.toString())).isEqualTo(ExitCodes.USAGE);
    assertThat(err()).contains(file + ":1:1: log.level");
  }

  @Test
  void stackTracesAreForThoseWhoAsk() {
    assertThat(run("--debug", "config", "check", "--set", "x=y")).isEqualTo(ExitCodes.USAGE);
    assertThat(err()).contains("\tat io.lodge");
    err.reset();
    assertThat(run("config", "check", "--debug", "--set", "x=y")).isEqualTo(ExitCodes.USAGE);
    assertThat(err()).contains("\tat io.lodge");
  }

  @Test
  void configPrintMasksSecretsAndSaysWhereSettingsComeFrom() throws Exception {
    Path file = Files.writeString(folder.resolve("l.yaml"), "clickhouse.password: hunter2\n");
    assertThat(run("config", "print", "--config", file.toString(), "--data", "/d")).isZero();
    assertThat(out())
        .contains("data: /d  # --data", "password: \"***\"  # " + file + ":1:1")
        .doesNotContain("hunter2");
  }

  @Test
  void aNewKeyIsPrintedOnceAndItsLinesOpenTheListener() throws Exception {
    assertThat(run("key", "new", "--kind", "ingest", "--name", "agents", "--tenant", "shop"))
        .isZero();
    String key = out().strip();
    assertThat(key).startsWith("lodge_ing_");
    assertThat(err()).contains(AccessKey.hashOf(new Secret(key))).doesNotContain(key);
    String yaml = err().substring(err().indexOf("auth:"));
    Path file = Files.writeString(folder.resolve("l.yaml"), yaml);
    String[] open = {
      "config", "check", "--config", file + "", "--set", "receive.otlp.http=[::]:4318"
    };
    assertThat(run(open)).isZero();
  }

  @Test
  void aNewKeyNeedsAKindAndAPlainName() {
    assertThat(run("key", "new")).isEqualTo(ExitCodes.USAGE);
    assertThat(run("key", "new", "--kind", "both", "--name", "a")).isEqualTo(ExitCodes.USAGE);
    assertThat(run("key", "new", "--kind", "query", "--name", "a\"b")).isEqualTo(ExitCodes.USAGE);
    assertThat(out()).isEmpty();
  }

  @Test
  void shipSaysByItsExitCodeWhetherAllWasAcknowledged() throws Exception {
    Path file = Files.writeString(folder.resolve("a.log"), "one\ntwo\n");
    try (TestReceiver receiver = new TestReceiver(new Answer.Partial(1, "no"))) {
      String to = receiver.url().toString().replace("/v1/logs", "");
      assertThat(run("ship", "--to", to, file.toString())).isEqualTo(ExitCodes.FAILED);
      assertThat(err()).contains("2 lines read: 1 acknowledged, 1 rejected, 0 not acknowledged");
      input = "three\n";
      environment = Map.of("LODGE_KEY", "lodge_ing_k");
      assertThat(run("ship", "--to", to, "--service", "s", "--resource", "a=b")).isZero();
      assertThat(receiver.lines()).containsExactly("one", "two", "three");
      assertThat(receiver.authorizations()).contains("Bearer lodge_ing_k");
      assertThat(receiver.resources().getLast().toString()).contains("service.name", "\"s\"");
    }
    assertThat(out()).isEmpty();
  }

  @Test
  void shipRefusesWhatItCannotReadBeforeItSendsAnything() {
    assertThat(run("ship", folder.resolve("none.log").toString())).isEqualTo(ExitCodes.USAGE);
    assertThat(run("ship", "--to", "ftp://x")).isEqualTo(ExitCodes.USAGE);
    assertThat(run("ship", "--to", "a b")).isEqualTo(ExitCodes.USAGE);
    assertThat(run("ship", "--from-end")).isEqualTo(ExitCodes.USAGE);
    assertThat(run("ship", "--key", "env:NOT_SET")).isEqualTo(ExitCodes.USAGE);
    assertThat(err()).contains("none.log", "no HTTP URL", "environment variable NOT_SET");
    assertThat(err()).contains("'a b' is no URL", "add --follow");
  }

  @Test
  void sqlStreamsTheAnswerAndPassesFormatParametersAndKey() throws Exception {
    HttpServer server = answer(200, exchange -> request(exchange));
    try {
      assertThat(run("sql", "--api", url(server), "--param", "x=a b&c", "--key", "k", "SELECT 'é'"))
          .isZero();
      assertThat(out())
          .isEqualTo("/api/sql?format=TabSeparatedWithNames&param_x=a+b%26c Bearer k SELECT 'é'");
      out.reset();
      input = "SELECT 2";
      String hostAndPort = url(server).replace("http://", "");
      assertThat(Main.run(terminal(true), "sql", "--api", hostAndPort, "--", "-")).isZero();
      assertThat(out()).isEqualTo("/api/sql?format=PrettyCompactMonoBlock null SELECT 2");
    } finally {
      server.stop(0);
    }
  }

  @Test
  void sqlShowsTheServersErrorAndFails() throws Exception {
    HttpServer server = answer(400, exchange -> "Code: 62. Syntax error");
    try {
      assertThat(run("sql", "--api", url(server), "SELEC 1")).isEqualTo(ExitCodes.FAILED);
      assertThat(err()).isEqualTo("Code: 62. Syntax error\n");
      assertThat(out()).isEmpty();
    } finally {
      server.stop(0);
    }
  }

  @Test
  void aResultThatIsCutOffIsAFailure() throws Exception {
    HttpServer server =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext(
        "/",
        exchange -> {
          exchange.sendResponseHeaders(200, 100);
          exchange.getResponseBody().write("half".getBytes(StandardCharsets.UTF_8));
          exchange.getResponseBody().flush();
          exchange.close();
        });
    server.start();
    try {
      assertThat(run("sql", "--api", url(server), "SELECT 1")).isEqualTo(ExitCodes.FAILED);
      assertThat(err()).contains("cut off");
      assertThat(out()).isEqualTo("half");
    } finally {
      server.stop(0);
    }
  }

  @Test
  void whereNothingListensTheMessageSaysHowToStartIt() throws Exception {
    int port;
    try (ServerSocket socket = new ServerSocket(0)) {
      port = socket.getLocalPort();
    }
    assertThat(run("sql", "--set", "api.listen=0.0.0.0:" + port, "SELECT 1"))
        .isEqualTo(ExitCodes.FAILED);
    assertThat(err()).contains("http://127.0.0.1:" + port, "./lodge up");
  }

  @Test
  void versionNamesLodgeAndJava() {
    assertThat(run("version")).isZero();
    assertThat(out()).startsWith("lodge ").contains("java 25");
  }

  private int run(String... args) {
    return Main.run(terminal(false), args);
  }

  private Terminal terminal(boolean tty) {
    return new Terminal(
        new ByteArrayInputStream(input.getBytes(StandardCharsets.UTF_8)),
        new PrintStream(out, true, StandardCharsets.UTF_8),
        new PrintStream(err, true, StandardCharsets.UTF_8),
        environment,
        tty);
  }

  private String out() {
    return out.toString(StandardCharsets.UTF_8);
  }

  private String err() {
    return err.toString(StandardCharsets.UTF_8);
  }

  /** Says what was asked. */
  private static String request(HttpExchange exchange) throws IOException {
    String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
    String key = exchange.getRequestHeaders().getFirst("Authorization");
    return exchange.getRequestURI() + " " + key + " " + body;
  }

  /** Makes an answer's body. */
  @FunctionalInterface
  private interface Body {
    String of(HttpExchange exchange) throws IOException;
  }

  private static HttpServer answer(int status, Body body) throws IOException {
    HttpServer server =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext(
        "/",
        exchange -> {
          byte[] bytes = body.of(exchange).getBytes(StandardCharsets.UTF_8);
          exchange.sendResponseHeaders(status, bytes.length);
          exchange.getResponseBody().write(bytes);
          exchange.close();
        });
    server.start();
    return server;
  }

  private static String url(HttpServer server) {
    return "http://127.0.0.1:" + server.getAddress().getPort();
  }
}
