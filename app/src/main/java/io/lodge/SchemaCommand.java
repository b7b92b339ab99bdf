package io.lodge;

import io.lodge.clickhouse.ClickHouse;
import io.lodge.config.Config;
import io.lodge.config.InvalidConfigException;
import io.lodge.schema.Change;
import io.lodge.schema.NewerSchemaException;
import io.lodge.schema.Schema;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code lodge schema}: the tables as this build wants them. */
@Command(
    name = "schema",
    description = "Compare ClickHouse's tables with what this build wants, and change them.",
    footer = {"  lodge schema plan", "  lodge schema apply --set clickhouse.url=http://ch1:8123"})
final class SchemaCommand implements Runnable {
  @Spec private CommandSpec spec = CommandSpec.create();

  private SchemaCommand() {}

  static CommandLine commandLine(Terminal terminal) {
    return new CommandLine(new SchemaCommand())
        .addSubcommand(new Plan(terminal))
        .addSubcommand(new Apply(terminal))
        .addSubcommand(new PromoteCommand(terminal))
        .addSubcommand(new DemoteCommand(terminal));
  }

  @Override
  public void run() {
    throw new ParameterException(
        spec.commandLine(), "missing command: plan, apply, promote or demote");
  }

  /** What is done on a server. */
  interface Work<T> {
    T run(ClickHouse clickHouse) throws IOException;
  }

  /** Works on the engine of a running Lodge, or on one that is started for it. */
  static <T> T with(Terminal terminal, Config config, Work<T> work)
      throws CommandException, InterruptedException {
    try (Progress progress = new Progress(terminal);
        Store store = Store.openBeside(config, progress::say)) {
      return work.run(store.writer());
    } catch (NewerSchemaException e) {
      throw new CommandException(String.valueOf(e.getMessage()), e);
    } catch (IOException e) {
      throw new CommandException(
          "cannot read or change the schema: %s; check clickhouse.url, user and password"
              .formatted(e.getMessage()),
          e);
    }
  }

  /** {@code lodge schema plan}. */
  @Command(
      name = "plan",
      abbreviateSynopsis = true,
      description = "Print what apply would change, as SQL; nothing if nothing.",
      exitCodeList = {"0:printed", "1:ClickHouse could not be asked", "2:wrong usage"})
  static final class Plan implements Callable<Integer> {
    private final Terminal terminal;

    @Mixin private ConfigOptions options = new ConfigOptions();

    Plan(Terminal terminal) {
      this.terminal = terminal;
    }

    @Override
    public Integer call() throws CommandException, InvalidConfigException, InterruptedException {
      List<Change> changes =
          with(terminal, options.load(terminal), clickHouse -> new Schema(clickHouse).plan());
      for (Change change : changes) {
        terminal.out().println("-- " + change.what() + (change.byHand() ? " (by hand)" : ""));
        terminal.out().println(change.sql() + (change.byHand() ? "" : ";"));
      }
      terminal.err().println(changes.isEmpty() ? "up to date" : changes.size() + " to change");
      return ExitCodes.DONE;
    }
  }

  /** {@code lodge schema apply}. */
  @Command(
      name = "apply",
      abbreviateSynopsis = true,
      description =
          "Make the tables as this build wants them. Safe to repeat, and from many nodes.",
      exitCodeList = {
        "0:up to date",
        "1:ClickHouse refused, or steps by hand are left",
        "2:wrong usage"
      })
  static final class Apply implements Callable<Integer> {
    private final Terminal terminal;

    @Mixin private ConfigOptions options = new ConfigOptions();

    Apply(Terminal terminal) {
      this.terminal = terminal;
    }

    @Override
    public Integer call() throws CommandException, InvalidConfigException, InterruptedException {
      List<Change> left =
          with(
              terminal,
              options.load(terminal),
              clickHouse -> {
                Schema schema = new Schema(clickHouse);
                schema.apply().forEach(change -> terminal.out().println(change.what()));
                return schema.plan();
              });
      left.forEach(change -> terminal.err().println("by hand: " + change.what()));
      if (left.isEmpty()) {
        terminal.err().println("up to date");
      }
      return left.isEmpty() ? ExitCodes.DONE : ExitCodes.FAILED;
    }
  }
}
