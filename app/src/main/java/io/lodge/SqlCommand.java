package io.lodge;

import io.lodge.config.InvalidConfigException;
import java.io.IOException;
import java.io.InputStream;
import java.net.URLEncoder;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
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
    sortOptions = false,
    footer = {
      "  lodge sql \"SELECT Timestamp, Body FROM otel.generic_logs ORDER BY Timestamp DESC LIMIT 20\"",
      "  lodge sql \"SELECT count() FROM otel.generic_logs WHERE ServiceName = {s:String}\" --param s=shop",
      "  lodge sql --format Parquet \"SELECT * FROM otel.generic_logs\" > logs.parquet",
      "  lodge sql < query.sql"
    },
    exitCodeList = {
      "0:the whole result was printed",
      "1:the query failed, or its result was cut off",
      "2:the command line or the configuration cannot be used"
    })
final class SqlCommand implements Callable<Integer> {
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

  @Mixin private ApiClient client = new ApiClient();

  SqlCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public Integer call()
      throws CommandException, InvalidConfigException, IOException, InterruptedException {
    try (ApiConnection lodge = client.connect(terminal)) {
      HttpRequest request =
          lodge
              .request("/api/sql?" + queryString())
              .header("Content-Type", "text/plain; charset=utf-8")
              .POST(HttpRequest.BodyPublishers.ofByteArray(sql()))
              .build();
      HttpResponse<InputStream> response =
          lodge.send(request, HttpResponse.BodyHandlers.ofInputStream());
      print(response, () -> reason(lodge, response));
    }
    return ExitCodes.DONE;
  }

  /** What Lodge says of a statement whose answer broke off; empty if it says nothing. */
  private static Optional<String> reason(ApiConnection lodge, HttpResponse<InputStream> broken)
      throws InterruptedException {
    String id = broken.headers().firstValue("X-ClickHouse-Query-Id").orElse("");
    HttpRequest request =
        lodge.request("/api/queries/" + encoded(id)).timeout(ApiConnection.CONNECT_TIMEOUT).build();
    try {
      HttpResponse<String> answer = lodge.send(request, HttpResponse.BodyHandlers.ofString());
      return answer.statusCode() == 200 ? ApiFault.messageIn(answer.body()) : Optional.empty();
    } catch (IOException | CommandException gone) {
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

  private byte[] sql() throws CommandException, IOException {
    byte[] sql =
        query.equals("-") ? terminal.in().readAllBytes() : query.getBytes(StandardCharsets.UTF_8);
    if (new String(sql, StandardCharsets.UTF_8).isBlank()) {
      throw new CommandException(
          ExitCodes.USAGE,
          "cannot run the query: it is empty; lodge sql \"SELECT 1\", or < query.sql");
    }
    return sql;
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
}
