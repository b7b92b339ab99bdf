package io.lodge;

import io.lodge.config.Config;
import io.lodge.config.InvalidConfigException;
import io.lodge.journal.Journal;
import io.lodge.journal.JournalReport;
import io.lodge.model.PayloadKind;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code lodge journal replay}. */
@Command(
    name = "replay",
    abbreviateSynopsis = true,
    description = {
      "Send segments of a stopped gateway, a copy or quarantine to ClickHouse, each row once.",
      "They go under their own tokens: what it has of them, it does not take again. The files stay as they are."
    },
    sortOptions = false,
    footer = {
      "  lodge journal replay --from /mnt/dead/journal --dry-run",
      "  lodge journal replay --from /mnt/dead/journal",
      "  lodge journal replay --from FILE.closed --kind otlp-logs-protobuf"
    },
    exitCodeList = {
      "0:ClickHouse has all of them, or would be sent them",
      "1:some could not be sent",
      "2:wrong usage"
    })
final class JournalReplayCommand implements Callable<Integer> {
  private final Terminal terminal;

  @Option(
      names = "--from",
      paramLabel = "DIR|FILE",
      required = true,
      description = "A journal's folder, or a segment's file. Repeatable.")
  private List<Path> from = List.of();

  @Option(
      names = "--kind",
      paramLabel = "KIND",
      description = "Only blocks that hold records of this kind of payload. Repeatable.")
  private List<String> kinds = List.of();

  @Option(names = "--dry-run", description = "Decode them, and say what would be sent.")
  private boolean dryRun;

  @Option(
      names = "--any-decoder",
      description =
          "Also what another revision of the decoder accepted. If blocks of it were sent before, rows may be stored twice.")
  private boolean anyDecoder;

  @Mixin private ConfigOptions options = new ConfigOptions();

  JournalReplayCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public Integer call() throws CommandException, InvalidConfigException, InterruptedException {
    Config config = options.load(terminal);
    Set<PayloadKind> meant = EnumSet.noneOf(PayloadKind.class);
    for (String kind : kinds) {
      meant.add(
          PayloadKind.labelled(kind)
              .orElseThrow(() ->
                  new CommandException(
                      ExitCodes.USAGE,
                      "cannot replay kind %s: there is none; want one of %s"
                          .formatted(
                              kind,
                              String.join(
                                  ", ",
                                  Stream.of(PayloadKind.values())
                                      .map(PayloadKind::label)
                                      .toList())))));
    }
    List<Path> files = files();
    if (files.isEmpty()) {
      terminal.err().println("no segments there");
      return ExitCodes.DONE;
    }
    int sent = 0;
    try (SegmentSender sender = SegmentSender.open(terminal, config, anyDecoder)) {
      for (Path file : files) {
        sent += sender.send(file, meant, dryRun) ? 1 : 0;
      }
    }
    terminal
        .err()
        .printf("%d of %d segments %s%n", sent, files.size(), dryRun ? "can be sent" : "sent");
    return sent == files.size() ? ExitCodes.DONE : ExitCodes.FAILED;
  }

  private List<Path> files() throws CommandException {
    List<Path> files = new ArrayList<>();
    for (Path each : from) {
      try {
        files.addAll(Files.isDirectory(each) ? segments(each) : List.of(each));
      } catch (IOException e) {
        throw new CommandException("cannot read " + each + ": " + e.getMessage(), e);
      }
    }
    return files;
  }

  /** Of a folder that no gateway has: of one that does, it delivers them itself. */
  private static List<Path> segments(Path dir) throws IOException, CommandException {
    if (Journal.isInUse(dir)) {
      throw new CommandException(
          "cannot replay %s: a gateway uses it, and sends what is there itself; for what it cannot send there is `lodge journal quarantine retry`"
              .formatted(dir));
    }
    JournalReport report = Journal.inspect(dir, false);
    return report.segments().stream().map(segment -> dir.resolve(segment.file())).toList();
  }
}
