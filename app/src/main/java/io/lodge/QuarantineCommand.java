package io.lodge;

import io.lodge.config.Config;
import io.lodge.config.InvalidConfigException;
import io.lodge.journal.JournalReport;
import io.lodge.journal.QuarantineFolder;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/**
 * {@code lodge journal quarantine}: what the journal could not deliver. Beside a running Lodge too.
 */
@Command(
    name = "quarantine",
    description = "Segments that could not be delivered: look, try again, give up.")
final class QuarantineCommand implements Runnable {
  @Spec private CommandSpec spec = CommandSpec.create();

  private QuarantineCommand() {}

  static CommandLine commandLine(Terminal terminal) {
    return new CommandLine(new QuarantineCommand())
        .addSubcommand(new ListFiles(terminal))
        .addSubcommand(new Show(terminal))
        .addSubcommand(new Retry(terminal))
        .addSubcommand(new Discard(terminal));
  }

  @Override
  public void run() {
    throw new ParameterException(
        spec.commandLine(), "missing command: list, show, retry or discard");
  }

  /** Which quarantine. */
  static final class Which {
    @Mixin private ConfigOptions options = new ConfigOptions();

    @Option(
        names = "--kafka",
        paramLabel = "SOURCE",
        description = "That of a Kafka source's journal.")
    private String kafka = "";

    Config config(Terminal terminal) throws InvalidConfigException {
      return options.load(terminal);
    }

    QuarantineFolder folder(Config config) {
      Path dir = config.journal().dir();
      return QuarantineFolder.of(kafka.isEmpty() ? dir : KafkaSources.journal(dir, kafka));
    }
  }

  /** Which files of it. */
  static final class Files {
    @Parameters(paramLabel = "FILE", arity = "0..*", description = "Its name in quarantine.")
    private List<String> names = List.of();

    @Option(names = "--all", description = "Every file.")
    private boolean all;

    /**
     * In the order of their names on the command line; as the folder has them with {@code --all}.
     */
    List<JournalReport.Quarantined> of(QuarantineFolder folder)
        throws IOException, CommandException {
      if (names.isEmpty() && !all) {
        throw new CommandException(ExitCodes.USAGE, "missing file; `list` names them, or --all");
      }
      if (all) {
        return folder.files();
      }
      List<JournalReport.Quarantined> files = new ArrayList<>();
      for (String name : names) {
        files.add(
            folder
                .file(name)
                .orElseThrow(() ->
                    new CommandException(
                        "cannot find %s in quarantine; `list` says what is there"
                            .formatted(name))));
      }
      return files;
    }
  }

  /** What a command does with the quarantine; its failures are told alike. */
  abstract static class OfQuarantine implements Callable<Integer> {
    final Terminal terminal;

    @Mixin Which which = new Which();

    OfQuarantine(Terminal terminal) {
      this.terminal = terminal;
    }

    @Override
    public final Integer call()
        throws CommandException, InvalidConfigException, InterruptedException {
      Config config = which.config(terminal);
      try {
        return run(config, which.folder(config));
      } catch (IOException e) {
        throw new CommandException(
            "cannot use the quarantine in %s: %s; check the folder and its owner"
                .formatted(config.journal().dir(), e.getMessage()),
            e);
      }
    }

    abstract int run(Config config, QuarantineFolder folder)
        throws IOException, CommandException, InvalidConfigException, InterruptedException;
  }

  /** {@code lodge journal quarantine list}. */
  @Command(
      name = "list",
      abbreviateSynopsis = true,
      description = "What is there, and why.",
      exitCodeList = {"0:nothing is there", "1:something is", "2:wrong usage"})
  static final class ListFiles extends OfQuarantine {
    ListFiles(Terminal terminal) {
      super(terminal);
    }

    @Override
    int run(Config config, QuarantineFolder folder) throws IOException {
      List<JournalReport.Quarantined> files = folder.files();
      QuarantinePrinter printer = new QuarantinePrinter(terminal);
      files.forEach(printer::line);
      terminal.err().println(files.size() + " files in quarantine");
      return files.isEmpty() ? ExitCodes.DONE : ExitCodes.FAILED;
    }
  }

  /** {@code lodge journal quarantine show}. */
  @Command(
      name = "show",
      abbreviateSynopsis = true,
      description = "What a file holds: payloads by kind and tenant, and when they came.",
      exitCodeList = {"0:shown", "1:there is no such file", "2:wrong usage"})
  static final class Show extends OfQuarantine {
    @Mixin private Files chosen = new Files();

    Show(Terminal terminal) {
      super(terminal);
    }

    @Override
    int run(Config config, QuarantineFolder folder) throws IOException, CommandException {
      QuarantinePrinter printer = new QuarantinePrinter(terminal);
      for (JournalReport.Quarantined file : chosen.of(folder)) {
        printer.whole(file, folder.path(file.name()));
      }
      return ExitCodes.DONE;
    }
  }

  /** {@code lodge journal quarantine retry}. */
  @Command(
      name = "retry",
      abbreviateSynopsis = true,
      description = {
        "Send files again after a fix, under their own tokens; those that ClickHouse has are removed.",
        "Of a damaged file that is its intact part, and the file stays."
      },
      exitCodeList = {"0:ClickHouse has all of them", "1:some are left", "2:wrong usage"})
  static final class Retry extends OfQuarantine {
    @Mixin private Files chosen = new Files();

    @Option(
        names = "--any-decoder",
        description =
            "Also what another revision of the decoder accepted. If blocks of it were sent before, rows may be stored twice.")
    private boolean anyDecoder;

    Retry(Terminal terminal) {
      super(terminal);
    }

    @Override
    int run(Config config, QuarantineFolder folder)
        throws IOException, CommandException, InvalidConfigException, InterruptedException {
      List<JournalReport.Quarantined> files = chosen.of(folder);
      int left = 0;
      try (SegmentSender sender = SegmentSender.open(terminal, config, anyDecoder)) {
        for (JournalReport.Quarantined file : files) {
          Path path = folder.path(file.name());
          if (sender.send(path, Set.of(), false) && QuarantinePrinter.isWhole(path)) {
            folder.remove(file.name());
          } else {
            left++;
          }
        }
      }
      terminal.err().printf("%d files delivered and removed, %d left%n", files.size() - left, left);
      return left == 0 ? ExitCodes.DONE : ExitCodes.FAILED;
    }
  }

  /** {@code lodge journal quarantine discard}. */
  @Command(
      name = "discard",
      abbreviateSynopsis = true,
      description = "Remove files for ever, and say what is lost with them.",
      exitCodeList = {"0:they are gone", "1:there is no such file", "2:wrong usage, or no --yes"})
  static final class Discard extends OfQuarantine {
    @Mixin private Files chosen = new Files();

    @Option(names = "--yes", description = "Do it; without, it is only said what would be lost.")
    private boolean yes;

    Discard(Terminal terminal) {
      super(terminal);
    }

    @Override
    int run(Config config, QuarantineFolder folder) throws IOException, CommandException {
      QuarantinePrinter printer = new QuarantinePrinter(terminal);
      List<JournalReport.Quarantined> files = chosen.of(folder);
      for (JournalReport.Quarantined file : files) {
        printer.whole(file, folder.path(file.name()));
        if (yes) {
          folder.remove(file.name());
        }
      }
      if (!yes) {
        throw new CommandException(
            ExitCodes.USAGE,
            "nothing was removed: %d files would be lost for ever; say it with --yes"
                .formatted(files.size()));
      }
      terminal.err().println(files.size() + " files removed");
      return ExitCodes.DONE;
    }
  }
}
