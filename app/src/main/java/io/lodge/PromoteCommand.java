package io.lodge;

import io.lodge.config.InvalidConfigException;
import io.lodge.schema.Promotion;
import io.lodge.schema.Promotions;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code lodge schema promote}. */
@Command(
    name = "promote",
    abbreviateSynopsis = true,
    description = {
      "Give a key of attributes a column of its own, in wide_events, generic_logs or otel_traces.",
      "Nothing is rewritten: rows stored before answer through the map."
    },
    footer = {
      "  lodge schema promote wide_events region",
      "  lodge schema promote wide_events response_time --type Float64",
      "  lodge schema promote generic_logs ResourceAttributes.k8s.deployment.name"
    },
    exitCodeList = {"0:the column is there", "1:ClickHouse refused", "2:wrong usage"})
final class PromoteCommand implements Callable<Integer> {
  private final Terminal terminal;

  @Mixin private ConfigOptions options = new ConfigOptions();

  @Spec private CommandSpec spec = CommandSpec.create();

  @Parameters(index = "0", paramLabel = "TABLE", description = "The table, as it is read.")
  private String table = "";

  @Parameters(
      index = "1",
      paramLabel = "KEY",
      description = "The key; with the map's name before it if it is not the record's own.")
  private String key = "";

  @Option(
      names = "--type",
      paramLabel = "T",
      defaultValue = "LowCardinality(String)",
      description = "The column's type; default: ${DEFAULT-VALUE}.")
  private String type = "";

  PromoteCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public Integer call() throws CommandException, InvalidConfigException, InterruptedException {
    Promotion promotion;
    try {
      promotion = Promotion.of(table, key, type);
    } catch (IllegalArgumentException e) {
      throw new ParameterException(spec.commandLine(), String.valueOf(e.getMessage()), e);
    }
    return SchemaCommand.with(
        terminal,
        options.load(terminal),
        clickHouse -> {
          new Promotions(clickHouse).promote(promotion);
          terminal
              .out()
              .printf(
                  "%s has column %s %s, from %s%n",
                  promotion.table(), promotion.column(), promotion.type(), promotion.expression());
          return ExitCodes.DONE;
        });
  }
}
