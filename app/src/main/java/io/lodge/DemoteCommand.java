package io.lodge;

import io.lodge.config.InvalidConfigException;
import io.lodge.schema.Promotion;
import io.lodge.schema.Promotions;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code lodge schema demote}. */
@Command(
    name = "demote",
    abbreviateSynopsis = true,
    description = "Drop a column that was promoted; its key stays in the map.",
    exitCodeList = {
      "0:dropped",
      "1:ClickHouse refused, or the column was not promoted",
      "2:wrong usage"
    })
final class DemoteCommand implements Callable<Integer> {
  private final Terminal terminal;

  @Mixin private ConfigOptions options = new ConfigOptions();

  @Spec private CommandSpec spec = CommandSpec.create();

  @Parameters(index = "0", paramLabel = "TABLE", description = "The table, as it is read.")
  private String table = "";

  @Parameters(index = "1", paramLabel = "KEY", description = "The key, as it was promoted.")
  private String key = "";

  DemoteCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public Integer call() throws CommandException, InvalidConfigException, InterruptedException {
    try {
      Promotion.of(table, key, "String");
    } catch (IllegalArgumentException e) {
      throw new ParameterException(spec.commandLine(), String.valueOf(e.getMessage()), e);
    }
    return SchemaCommand.with(
        terminal,
        options.load(terminal),
        clickHouse -> {
          new Promotions(clickHouse).demote(table, key);
          terminal.out().printf("%s answers through the map%n", key);
          return ExitCodes.DONE;
        });
  }
}
