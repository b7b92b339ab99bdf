package io.lodge;

import io.lodge.base.ByteSize;
import io.lodge.journal.DamagedSegmentException;
import io.lodge.journal.JournalReport;
import io.lodge.journal.SegmentFile;
import io.lodge.model.Payload;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Map;
import java.util.TreeMap;

/** Prints what is in quarantine. */
final class QuarantinePrinter {
  private final PrintStream out;

  QuarantinePrinter(Terminal terminal) {
    out = terminal.out();
  }

  /** Payloads of one kind and tenant. */
  private static final class Group {
    private long payloads;
    private long bytes;
    private long firstUnixNanos = Long.MAX_VALUE;
    private long lastUnixNanos = Long.MIN_VALUE;

    void add(Payload payload) {
      payloads++;
      bytes += payload.length();
      firstUnixNanos = Math.min(firstUnixNanos, payload.receivedUnixNanos());
      lastUnixNanos = Math.max(lastUnixNanos, payload.receivedUnixNanos());
    }
  }

  /** A file on a line. */
  void line(JournalReport.Quarantined file) {
    out.println(
        "%s  %10s  %6d payloads  %s  %s"
            .formatted(
                file.name(),
                ByteSize.format(file.sizeBytes()),
                file.payloads(),
                String.join(",", file.kinds()),
                file.reason())
            .stripTrailing());
  }

  /** A file and what its payloads are. */
  void whole(JournalReport.Quarantined file, Path path) {
    line(file);
    Map<String, Group> groups = new TreeMap<>();
    try {
      SegmentFile segment = SegmentFile.open(path);
      out.printf(
          "  segment %s of %s, decoder %s, rules %s%n",
          segment.id(),
          segment.created(),
          segment.decoderRevision().map(Integer::toHexString).orElse("not known"),
          segment.rules().hex());
      SegmentFile.Found found = segment.read(payload -> add(payload, groups));
      groups.forEach(this::group);
      out.println("  " + found.payloads() + (found.whole() ? " payloads" : " intact payloads"));
    } catch (IOException | DamagedSegmentException unreadable) {
      groups.forEach(this::group);
      out.println("  cannot read on: " + unreadable.getMessage());
    }
  }

  private static void add(Payload payload, Map<String, Group> groups) {
    groups
        .computeIfAbsent(payload.kind().label() + " of " + payload.tenant(), _ -> new Group())
        .add(payload);
  }

  private void group(String name, Group group) {
    out.printf(
        "  %s: %d payloads, %s, received %s to %s%n",
        name,
        group.payloads,
        ByteSize.format(group.bytes),
        Instant.ofEpochSecond(0, group.firstUnixNanos),
        Instant.ofEpochSecond(0, group.lastUnixNanos));
  }

  /** Whether nothing of the file is damaged. */
  static boolean isWhole(Path path) {
    try {
      return SegmentFile.open(path).read(payload -> {}).whole();
    } catch (IOException | DamagedSegmentException e) {
      return false;
    }
  }
}
