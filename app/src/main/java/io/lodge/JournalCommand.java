package io.lodge;

import io.lodge.base.ByteSize;
import io.lodge.config.Config;
import io.lodge.config.InvalidConfigException;
import io.lodge.journal.Journal;
import io.lodge.journal.JournalReport;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code lodge journal}: what is acknowledged and not in ClickHouse yet. */
@Command(
    name = "journal",
    description = "What is acknowledged and not in ClickHouse yet: look, check, send by hand.")
final class JournalCommand implements Runnable {
  @Spec private CommandSpec spec = CommandSpec.create();

  private JournalCommand() {}

  static CommandLine commandLine(Terminal terminal) {
    return new CommandLine(new JournalCommand())
        .addSubcommand(new Inspect(terminal))
        .addSubcommand(new JournalVerifyCommand(terminal))
        .addSubcommand(new JournalReplayCommand(terminal))
        .addSubcommand(new JournalAdoptCommand(terminal))
        .addSubcommand("quarantine", QuarantineCommand.commandLine(terminal));
  }

  @Override
  public void run() {
    throw new ParameterException(
        spec.commandLine(), "missing command: inspect, verify, replay, adopt or quarantine");
  }

  /** {@code lodge journal inspect}. */
  @Command(
      name = "inspect",
      abbreviateSynopsis = true,
      description = "List segments and what is in quarantine. Works beside a running Lodge.",
      footer = {
        "  lodge journal inspect",
        "  lodge journal inspect --verify --data /var/lib/lodge"
      },
      exitCodeList = {
        "0:nothing is damaged",
        "1:something is damaged or in quarantine, or the journal cannot be read",
        "2:wrong usage"
      })
  static final class Inspect implements Callable<Integer> {
    private final Terminal terminal;

    @Mixin private ConfigOptions options = new ConfigOptions();

    @Option(names = "--verify", description = "Read every segment whole and check every checksum.")
    private boolean verify;

    Inspect(Terminal terminal) {
      this.terminal = terminal;
    }

    @Override
    public Integer call() throws CommandException, InvalidConfigException {
      Config config = options.load(terminal);
      if (!Files.isDirectory(config.journal().dir())) {
        terminal.out().println("no journal in " + config.journal().dir());
        return new BucketPrinter(terminal).print(config);
      }
      try {
        Path dir = config.journal().dir();
        long budgetBytes = config.journal().diskBudgetBytes();
        int code = print(Journal.inspect(dir, verify), budgetBytes);
        for (Path source : KafkaSources.journals(dir)) {
          terminal.out().println("kafka/" + source.getFileName());
          code = Math.max(code, print(Journal.inspect(source, verify), budgetBytes));
        }
        return Math.max(code, new BucketPrinter(terminal).print(config));
      } catch (IOException e) {
        throw new CommandException(
            "cannot read the journal in %s: %s; check the folder and its owner"
                .formatted(config.journal().dir(), e.getMessage()),
            e);
      }
    }

    private int print(JournalReport report, long diskBudgetBytes) {
      boolean damaged = !report.quarantine().isEmpty();
      long bytes = 0;
      for (JournalReport.Segment segment : report.segments()) {
        bytes += segment.sizeBytes();
        damaged |= !segment.damage().isEmpty();
        terminal
            .out()
            .println(
                "%s  %-6s  %10s  %8d payloads  %6s old  %s  %s"
                    .formatted(
                        segment.id(),
                        segment.state().toString().toLowerCase(Locale.ROOT),
                        ByteSize.format(segment.sizeBytes()),
                        segment.payloads(),
                        age(segment.created()),
                        String.join(",", segment.kinds()),
                        segment.damage())
                    .stripTrailing());
      }
      long quarantineBytes = 0;
      for (JournalReport.Quarantined file : report.quarantine()) {
        quarantineBytes += file.sizeBytes();
        terminal
            .out()
            .println(
                "quarantine/%s  %10s  %s"
                    .formatted(file.name(), ByteSize.format(file.sizeBytes()), file.reason()));
      }
      terminal
          .err()
          .println(
              "%d segments, %s, %d files in quarantine, %s; journal.disk_budget is %s"
                  .formatted(
                      report.segments().size(),
                      ByteSize.format(bytes),
                      report.quarantine().size(),
                      ByteSize.format(quarantineBytes),
                      ByteSize.format(diskBudgetBytes)));
      return damaged ? ExitCodes.FAILED : ExitCodes.DONE;
    }

    private static String age(Instant created) {
      Duration age = Duration.between(created, Instant.now());
      return age.toHours() > 0 ? age.toHours() + "h" : age.toSeconds() + "s";
    }
  }
}
