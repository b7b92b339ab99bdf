package io.lodge;

import io.lodge.config.Config;
import io.lodge.config.InvalidConfigException;
import io.lodge.config.Secret;
import java.io.IOException;
import java.io.InputStream;
import java.net.ConnectException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code lodge sql}: one query, streamed. */
@Command(
    name = "sql",
    abbreviateSynopsis = true,
    description = "Run a query and print its result.",
    descriptionHeading = "%n",
    parameterListHeading = "%nArguments%n",
    optionListHeading = "%nOptions%n",
    sortOptions = false,
    footerHeading = "%nExamples%n",
    footer = {
      "  lodge sql \"SELECT Timestamp, Body FROM otel.generic_logs ORDER BY Timestamp DESC LIMIT 20\"",
      "  lodge sql \"SELECT count() FROM otel.generic_logs WHERE ServiceName = {s:String}\" --param s=shop",
      "  lodge sql --format Parquet \"SELECT * FROM otel.generic_logs\" > logs.parquet",
      "  lodge sql < query.sql"
    },
    exitCodeListHeading = "%nExit codes%n",
    exitCodeList = {
      "0:the whole result was printed",
      "1:the query failed, or its result was cut off",
      "2:the command line or the configuration cannot be used"
    })
final class SqlCommand implements Callable<Integer> {
  private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(10);

  private final Terminal terminal;

  @Parameters(
      paramLabel = "QUERY",
      arity = "0..1",
      description = "SQL as ClickHouse speaks it; none or - means standard input.")
  private String query = "-";

  @Option(
      names = {"-f", "--format"},
      paramLabel = "FORMAT",
      description =
          "Any ClickHouse output format. Default: PrettyCompactMonoBlock for people,"
              + " TabSeparatedWithNames for pipes and files.")
  private @Nullable String format;

  @Option(
      names = {"-p", "--param"},
      paramLabel = "NAME=VALUE",
      description = "Value for {NAME:Type} in the query. Repeatable.")
  private Map<String, String> parameters = new LinkedHashMap<>();

  @Option(
      names = "--api",
      paramLabel = "URL",
      converter = Urls.Typed.class,
      description = "Where Lodge is. Default: api.listen of the configuration.")
  private @Nullable URI api;

  @Option(
      names = "--key",
      paramLabel = "KEY",
      description = "Query key: env:NAME, file:PATH or the key. Or LODGE_KEY.")
  private @Nullable String key;

  @Mixin private ConfigFileOptions config = new ConfigFileOptions();

  SqlCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public Integer call()
      throws CommandException, InvalidConfigException, IOException, InterruptedException {
    String base = base();
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create(base + "/api/sql?" + queryString()))
            .header("Content-Type", "text/plain; charset=utf-8")
            .POST(HttpRequest.BodyPublishers.ofByteArray(sql()));
    Optional<String> secret = AccessKeyOption.resolve(key, terminal).map(Secret::reveal);
    secret.ifPresent(text -> request.header("Authorization", "Bearer " + text));
    try (HttpClient http =
        HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(CONNECT_TIMEOUT)
            .build()) {
      HttpResponse<InputStream> response =
          http.send(request.build(), HttpResponse.BodyHandlers.ofInputStream());
      print(response, () -> reason(http, base, secret, response));
    } catch (ConnectException e) {
      throw new CommandException(
          "cannot reach Lodge at " + base + ": nothing answers there; is it running? ./lodge up",
          e);
    }
    return ExitCodes.DONE;
  }

  /** What Lodge says of a statement whose answer broke off; empty if it says nothing. */
  private static Optional<String> reason(
      HttpClient http, String base, Optional<String> secret, HttpResponse<InputStream> broken)
      throws InterruptedException {
    String id = broken.headers().firstValue("X-ClickHouse-Query-Id").orElse("");
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create(base + "/api/queries/" + encoded(id)))
            .timeout(CONNECT_TIMEOUT);
    secret.ifPresent(text -> request.header("Authorization", "Bearer " + text));
    try {
      HttpResponse<String> answer =
          http.send(request.build(), HttpResponse.BodyHandlers.ofString());
      return answer.statusCode() == 200 ? ApiFault.messageIn(answer.body()) : Optional.empty();
    } catch (IOException gone) {
      return Optional.empty();
    }
  }

  /** Asks why an answer broke off. */
  private interface Reason {
    Optional<String> ask() throws InterruptedException;
  }

  private void print(HttpResponse<InputStream> response, Reason reason)
      throws CommandException, IOException, InterruptedException {
    try (InputStream body = response.body()) {
      if (response.statusCode() != 200) {
        String text = new String(body.readAllBytes(), StandardCharsets.UTF_8).strip();
        throw new CommandException(
            ApiFault.messageIn(text)
                .orElse(
                    text.isEmpty() ? "cannot run the query: HTTP " + response.statusCode() : text));
      }
      copy(body, reason);
    }
  }

  private void copy(InputStream body, Reason reason) throws CommandException, InterruptedException {
    byte[] chunk = new byte[64 * 1024];
    try {
      for (int length = body.read(chunk); length >= 0; length = body.read(chunk)) {
        terminal.out().write(chunk, 0, length);
        // A reader that went away, such as `head`, has what it wanted.
        if (terminal.out().checkError()) {
          return;
        }
      }
      terminal.out().flush();
    } catch (IOException e) {
      terminal.out().flush();
      throw new CommandException(
          "cannot print the whole result: it was cut off; "
              + reason.ask().orElse("the query may have failed while it ran"),
          e);
    }
  }

  private byte[] sql() throws IOException {
    return query.equals("-")
        ? terminal.in().readAllBytes()
        : query.getBytes(StandardCharsets.UTF_8);
  }

  private String queryString() {
    String shown = terminal.outIsTty() ? "PrettyCompactMonoBlock" : "TabSeparatedWithNames";
    StringBuilder text = new StringBuilder("format=" + encoded(format == null ? shown : format));
    parameters.forEach(
        (name, value) -> text.append("&param_" + encoded(name) + "=" + encoded(value)));
    return text.toString();
  }

  private static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }

  private String base() throws CommandException, InvalidConfigException {
    if (api != null) {
      return Urls.http(api, "--api", "/").toString().replaceFirst("/+$", "");
    }
    Config loaded = config.load(terminal);
    return ConfigFileOptions.urlOf(loaded.api().listen(), loaded.tls().isPresent()).toString();
  }
}
