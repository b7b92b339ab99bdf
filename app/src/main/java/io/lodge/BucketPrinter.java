package io.lodge;

import io.lodge.base.ByteSize;
import io.lodge.bucket.Bucket;
import io.lodge.bucket.BucketFault;
import io.lodge.config.Config;
import io.lodge.journal.BucketReport;
import io.lodge.journal.Journal;
import io.lodge.journal.Lease;
import io.lodge.journal.Leases;
import io.lodge.journal.SegmentInBucket;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import java.util.Optional;

/** What gateways have in the bucket, for a terminal. */
final class BucketPrinter {
  private final Terminal terminal;

  BucketPrinter(Terminal terminal) {
    this.terminal = terminal;
  }

  /** Prints nothing where no bucket is configured; returns an exit code. */
  int print(Config config) throws CommandException {
    if (config.journal().bucket().isEmpty()) {
      return ExitCodes.DONE;
    }
    Config.Bucket settings = config.journal().bucket().get();
    try (Bucket bucket = Buckets.open(settings)) {
      String own =
          Journal.gatewayOf(config.journal().dir()).map(HexFormat.of()::toHexDigits).orElse("");
      boolean quarantined = false;
      BucketReport report = BucketReport.of(bucket);
      for (BucketReport.Gateway gateway : report.gateways()) {
        print(gateway, own);
        quarantined |= !gateway.quarantined().isEmpty();
      }
      if (report.gateways().isEmpty()) {
        terminal.out().println("bucket " + settings.name() + " is empty");
      }
      return quarantined ? ExitCodes.FAILED : ExitCodes.DONE;
    } catch (BucketFault e) {
      throw new CommandException(String.valueOf(e.getMessage()), e);
    } catch (IOException e) {
      throw new CommandException("cannot read the journal: " + e.getMessage(), e);
    }
  }

  private void print(BucketReport.Gateway gateway, String own) {
    long bytes = gateway.segments().stream().mapToLong(SegmentInBucket::sizeBytes).sum();
    terminal
        .out()
        .println(
            "bucket: gateway %s%s  %d segments, %s  %s"
                .formatted(
                    gateway.number(),
                    gateway.number().equals(own) ? " (this one)" : "",
                    gateway.segments().size(),
                    ByteSize.format(bytes),
                    state(gateway.lease())));
    for (SegmentInBucket segment : gateway.segments()) {
      terminal
          .out()
          .println(
              "%s  bucket  %10s  %6s old"
                  .formatted(
                      segment.id(), ByteSize.format(segment.sizeBytes()), age(segment.since())));
    }
    for (String name : gateway.quarantined()) {
      terminal.out().println(name + "  put aside; its reason is beside it");
    }
  }

  private static String state(Optional<Lease> lease) {
    if (lease.isEmpty()) {
      return "no lease";
    }
    Lease held = lease.get();
    if (Leases.isFree(held, Instant.now())) {
      return "dead; `lodge journal adopt` takes it over";
    }
    return held.holder() == held.gateway()
        ? "lives"
        : "adopted by " + HexFormat.of().toHexDigits(held.holder());
  }

  private static String age(Instant since) {
    Duration age = Duration.between(since, Instant.now());
    return age.toHours() > 0 ? age.toHours() + "h" : Math.max(0, age.toSeconds()) + "s";
  }
}
