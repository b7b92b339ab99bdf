package io.lodge;

import io.lodge.config.Config;
import io.lodge.config.InvalidConfigException;
import io.lodge.config.Secret;
import io.lodge.query.run.JsonRow;
import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code lodge ledger}: what was received, and where it is. */
@Command(
    name = "ledger",
    abbreviateSynopsis = true,
    description = "Show what was received, and where it is: stored, on its way, or missing.",
    descriptionHeading = "%n",
    optionListHeading = "%nOptions%n",
    sortOptions = false,
    footerHeading = "%nExamples%n",
    footer = {
      "  lodge ledger",
      "  lodge ledger --since 6h --by service,protocol",
      "  lodge ledger --since 1d --verify"
    },
    exitCodeListHeading = "%nExit codes%n",
    exitCodeList = {
      "0:every record received is stored or on its way",
      "1:records are missing, a table differs from the ledger, or the ledger cannot be read",
      "2:the command line or the configuration cannot be used"
    })
final class LedgerCommand implements Callable<Integer> {
  private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(10);

  /** To count every table may take as long as a question may. */
  private static final Duration ANSWER_TIMEOUT = Duration.ofMinutes(10);

  private final Terminal terminal;

  @Option(
      names = "--since",
      paramLabel = "AGO",
      description = "How far to look back: 30m, 1h, 7d. Default: 1h.")
  private String since = "1h";

  @Option(
      names = "--by",
      paramLabel = "FIELDS",
      split = ",",
      description =
          "Lines for each: service, protocol, tenant, gateway, table, minute. Default: service.")
  private List<String> by = List.of("service");

  @Option(
      names = "--verify",
      description = "Count the rows of every table too, and compare. May read much.")
  private boolean verify;

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

  LedgerCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public Integer call()
      throws CommandException, InvalidConfigException, IOException, InterruptedException {
    JsonRow data = ask(base()).object("data");
    LedgerPrinter printer = new LedgerPrinter(terminal, by);
    printer.lines(data);
    boolean good = printer.standing(data);
    if (verify) {
      good &= printer.tables(data);
    }
    return good ? ExitCodes.DONE : ExitCodes.FAILED;
  }

  private JsonRow ask(String base)
      throws CommandException, InvalidConfigException, IOException, InterruptedException {
    String question =
        "/api/ledger?from=%s&group=%s&verify=%s"
            .formatted(encoded("now-" + since), encoded(String.join(",", by)), verify ? "1" : "0");
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create(base + question)).timeout(ANSWER_TIMEOUT);
    AccessKeyOption.resolve(key, terminal)
        .map(Secret::reveal)
        .ifPresent(text -> request.header("Authorization", "Bearer " + text));
    try (HttpClient http =
        HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(CONNECT_TIMEOUT)
            .build()) {
      HttpResponse<String> answer =
          http.send(request.build(), HttpResponse.BodyHandlers.ofString());
      if (answer.statusCode() != 200) {
        Optional<String> message = ApiFault.messageIn(answer.body());
        throw new CommandException(
            message.orElse("cannot read the ledger: HTTP " + answer.statusCode()));
      }
      return JsonRow.parse(answer.body().getBytes(StandardCharsets.UTF_8));
    } catch (ConnectException e) {
      throw new CommandException(
          "cannot reach Lodge at " + base + ": nothing answers there; is it running? ./lodge up",
          e);
    }
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
