package io.lodge;

import io.lodge.base.ByteSize;
import io.lodge.config.Config;
import io.lodge.config.InvalidConfigException;
import io.lodge.journal.Journal;
import io.lodge.journal.JournalReport;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code lodge journal verify}. */
@Command(
    name = "verify",
    abbreviateSynopsis = true,
    description = {
      "Read every segment whole and check every checksum, and that its rules are there.",
      "Works beside a running Lodge. What is in quarantine is not looked at: `quarantine list`."
    },
    footer = {"  lodge journal verify", "  lodge journal verify --from /mnt/dead/journal"},
    exitCodeList = {"0:all is intact", "1:something is not, or cannot be read", "2:wrong usage"})
final class JournalVerifyCommand implements Callable<Integer> {
  private final Terminal terminal;

  @Mixin private ConfigOptions options = new ConfigOptions();

  @Option(
      names = "--from",
      paramLabel = "DIR",
      description = "Another journal's folder. Default: that of the configuration.")
  private @Nullable Path from;

  JournalVerifyCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public Integer call() throws CommandException, InvalidConfigException {
    Path dir = Optional.ofNullable(from).orElse(config().journal().dir());
    if (!Files.isDirectory(dir)) {
      throw new CommandException("cannot verify the journal: there is no folder " + dir);
    }
    try {
      List<Path> journals = new ArrayList<>(List.of(dir));
      journals.addAll(KafkaSources.journals(dir));
      boolean intact = true;
      for (Path journal : journals) {
        intact &= verify(dir.equals(journal) ? "" : dir.relativize(journal) + "/", journal);
      }
      return intact ? ExitCodes.DONE : ExitCodes.FAILED;
    } catch (IOException e) {
      throw new CommandException(
          "cannot read the journal in %s: %s; check the folder and its owner"
              .formatted(dir, e.getMessage()),
          e);
    }
  }

  private Config config() throws InvalidConfigException {
    return options.load(terminal);
  }

  private boolean verify(String prefix, Path dir) throws IOException {
    JournalReport report = Journal.inspect(dir, true);
    long bytes = 0;
    long payloads = 0;
    int damaged = 0;
    for (JournalReport.Segment segment : report.segments()) {
      bytes += segment.sizeBytes();
      payloads += segment.payloads();
      if (!segment.damage().isEmpty()) {
        damaged++;
        terminal.out().printf("%s%s  %s%n", prefix, segment.id(), segment.damage());
      }
    }
    terminal
        .err()
        .printf(
            "%s%d segments, %d payloads, %s: %s%n",
            prefix,
            report.segments().size(),
            payloads,
            ByteSize.format(bytes),
            damaged == 0 ? "all intact" : damaged + " damaged");
    return damaged == 0;
  }
}
