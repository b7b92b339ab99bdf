package io.lodge;

import io.lodge.config.InvalidConfigException;
import io.lodge.query.run.JsonRow;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code lodge ledger}: what was received, and where it is. */
@Command(
    name = "ledger",
    abbreviateSynopsis = true,
    description = "Show what was received, and where it is: stored, on its way, or missing.",
    sortOptions = false,
    footer = {
      "  lodge ledger",
      "  lodge ledger --since 6h --by service,protocol",
      "  lodge ledger --since 1d --verify"
    },
    exitCodeList = {
      "0:every record received is stored or on its way",
      "1:records are missing or there twice, a table differs from the ledger, or the ledger cannot be read",
      "2:the command line or the configuration cannot be used"
    })
final class LedgerCommand implements Callable<Integer> {
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

  @Mixin private ApiClient client = new ApiClient();

  LedgerCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public Integer call()
      throws CommandException, InvalidConfigException, IOException, InterruptedException {
    if (!since.matches("\\d+[smhdw]")) {
      throw new CommandException(
          ExitCodes.USAGE, "unexpected --since; got %s want 30m, 1h or 7d".formatted(since));
    }
    Map<String, String> question =
        Map.of("from", "now-" + since, "group", String.join(",", by), "verify", verify ? "1" : "0");
    JsonRow data = client.get(terminal, "/api/ledger", question).data();
    LedgerPrinter printer = new LedgerPrinter(terminal, by);
    printer.lines(data);
    boolean good = printer.standing(data);
    good &= new CanaryPrinter(terminal).print(data.object("canary"));
    if (verify) {
      good &= printer.tables(data);
    }
    return good ? ExitCodes.DONE : ExitCodes.FAILED;
  }
}
