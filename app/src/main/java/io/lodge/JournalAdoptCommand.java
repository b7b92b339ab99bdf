package io.lodge;

import io.lodge.base.ByteSize;
import io.lodge.bucket.Bucket;
import io.lodge.bucket.BucketFault;
import io.lodge.config.Config;
import io.lodge.config.InvalidConfigException;
import io.lodge.journal.Adoption;
import io.lodge.journal.Journal;
import io.lodge.journal.JournalFailure;
import io.lodge.journal.JournalOptions;
import io.lodge.journal.Lease;
import io.lodge.journal.Leases;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code lodge journal adopt}. */
@Command(
    name = "adopt",
    abbreviateSynopsis = true,
    description = {
      "Let this machine's Lodge deliver what a dead one has left, in the bucket or on a disk.",
      "It may be running, and begins within half a minute; or it begins when it is started."
    },
    footer = {
      "  lodge journal inspect                         who has what in the bucket",
      "  lodge journal adopt 3f9a01bc",
      "  lodge journal adopt --all-dead",
      "  lodge journal adopt /mnt/old/lodge/journal    the journal of a disk that was attached"
    },
    exitCodeList = {"0:adopted", "1:not all of it is adopted", "2:wrong usage"})
final class JournalAdoptCommand implements Callable<Integer> {
  private final Terminal terminal;

  @Mixin private ConfigOptions options = new ConfigOptions();

  @Option(names = "--all-dead", description = "All gateways in the bucket whose lease is over.")
  private boolean allDead;

  @Option(
      names = "--force",
      description =
          "Also a gateway whose lease is not over. If it lives, it stops using the bucket until all is delivered.")
  private boolean force;

  @Parameters(
      arity = "0..*",
      paramLabel = "GATEWAY|DIR",
      description = "Numbers of gateways, as inspect shows them, or folders of journals.")
  private List<String> dead = new ArrayList<>();

  JournalAdoptCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public Integer call() throws CommandException, InvalidConfigException {
    Config config = options.load(terminal);
    if (dead.isEmpty() == !allDead) {
      throw new CommandException(
          ExitCodes.USAGE, "cannot adopt: name gateways or folders, or write --all-dead");
    }
    boolean all = true;
    List<Integer> gateways = new ArrayList<>();
    for (String one : dead) {
      if (Files.isDirectory(Path.of(one))) {
        all &= adoptFolder(config, Path.of(one));
      } else {
        gateways.add(number(one));
      }
    }
    if (allDead || !gateways.isEmpty()) {
      all &= adoptInBucket(config, gateways);
    }
    return all ? ExitCodes.DONE : ExitCodes.FAILED;
  }

  private static int number(String text) throws CommandException {
    if (!text.matches("[0-9a-f]{8}")) {
      throw new CommandException(
          ExitCodes.USAGE,
          "cannot adopt "
              + text
              + ": it is neither a folder nor the number of a gateway; `lodge journal inspect` lists them");
    }
    return HexFormat.fromHexDigits(text);
  }

  private boolean adoptFolder(Config config, Path folder) throws CommandException {
    Config.Journal journal = config.journal();
    try {
      if (Journal.gatewayOf(folder).isEmpty()) {
        throw new CommandException(
            "cannot adopt "
                + folder
                + ": it holds no journal; name the folder with the file `gateway`");
      }
      Adoption.Result result =
          Adoption.move(
              folder,
              journal.dir(),
              new JournalOptions(
                  journal.diskBudgetBytes(), journal.minFreeBytes(), Lodge.limits(config).stamp()));
      terminal
          .out()
          .println(
              "adopted %d segments, %s, of %s"
                  .formatted(result.moved(), ByteSize.format(result.movedBytes()), folder));
      if (result.left() > 0) {
        terminal
            .err()
            .println(
                "%d segments stay there: journal.disk_budget or journal.min_free leaves no room; adopt again when some are delivered"
                    .formatted(result.left()));
      }
      if (result.quarantined() > 0) {
        terminal
            .err()
            .println(
                "%d files stay in %s: they are damaged or could not be delivered"
                    .formatted(result.quarantined(), folder.resolve("quarantine")));
      }
      return result.left() == 0;
    } catch (IOException | JournalFailure e) {
      throw new CommandException("cannot adopt " + folder + ": " + e.getMessage(), e);
    }
  }

  private boolean adoptInBucket(Config config, List<Integer> named) throws CommandException {
    Config.Bucket settings =
        config
            .journal()
            .bucket()
            .orElseThrow(() ->
                new CommandException(
                    "cannot adopt a gateway: no bucket is configured; set journal.bucket.bucket, or name a folder"));
    int own = own(config);
    try (Bucket bucket = Buckets.open(settings)) {
      Leases leases = new Leases(bucket);
      List<Integer> gateways = allDead ? allDead(leases, own) : named;
      boolean all = true;
      for (int gateway : gateways) {
        all &= adopt(leases, gateway, own);
      }
      if (gateways.isEmpty()) {
        terminal.out().println("no dead gateway has anything in the bucket");
      }
      return all;
    } catch (BucketFault e) {
      throw new CommandException(String.valueOf(e.getMessage()), e);
    }
  }

  private static List<Integer> allDead(Leases leases, int own) throws BucketFault {
    return leases.all().stream()
        .filter(lease -> lease.gateway() != own && Leases.isFree(lease, Instant.now()))
        .map(Lease::gateway)
        .toList();
  }

  private static int own(Config config) throws CommandException {
    try {
      return Journal.gatewayOf(config.journal().dir())
          .orElseThrow(() ->
              new CommandException(
                  "cannot adopt: there is no journal in %s; start Lodge once, or name the right folder with --data"
                      .formatted(config.journal().dir())));
    } catch (IOException e) {
      throw new CommandException("cannot read the journal: " + e.getMessage(), e);
    }
  }

  private boolean adopt(Leases leases, int gateway, int own) throws BucketFault {
    String number = HexFormat.of().toHexDigits(gateway);
    if (gateway == own) {
      terminal.err().println("cannot adopt " + number + ": it is this machine's own Lodge");
      return false;
    }
    Optional<Lease> now = leases.adopt(gateway, own, force, Instant.now());
    if (now.isEmpty()) {
      terminal
          .err()
          .println(
              "cannot adopt %s: the bucket knows no such gateway; `lodge journal inspect` lists them"
                  .formatted(number));
      return false;
    }
    if (now.get().holder() != own) {
      terminal
          .err()
          .println(
              "cannot adopt %s: gateway %s delivers its segments and has said so until %s; wait until %s, or use --force if it is dead"
                  .formatted(
                      number,
                      HexFormat.of().toHexDigits(now.get().holder()),
                      now.get().until(),
                      now.get().until().plus(Leases.CLOCKS_APART)));
      return false;
    }
    terminal
        .out()
        .println("adopted " + number + ": this machine's Lodge delivers what it has left");
    return true;
  }
}
