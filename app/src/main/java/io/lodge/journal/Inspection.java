package io.lodge.journal;

import io.lodge.model.PayloadKind;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.NoSuchFileException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** Looks at a journal without changing it, also while a gateway writes it. */
final class Inspection {
  private static final int REASON_BYTES_MAX = 64 << 10;

  private final Disk disk;
  private final boolean verify;
  private final Storage storage;

  Inspection(Disk disk, boolean verify) {
    this.disk = disk;
    this.verify = verify;
    storage = new Storage(disk, new JournalOptions(0, 0, 0));
  }

  JournalReport run() throws IOException {
    List<JournalReport.Segment> segments = new ArrayList<>();
    for (String name : disk.list("")) {
      segment(name).ifPresent(segments::add);
    }
    segments.sort(Comparator.comparing(JournalReport.Segment::id));
    return new JournalReport(List.copyOf(segments), quarantined());
  }

  List<JournalReport.Quarantined> quarantined() throws IOException {
    List<JournalReport.Quarantined> quarantine = new ArrayList<>();
    for (String name : disk.list(Disk.QUARANTINE)) {
      if (!name.endsWith(Names.REASON)) {
        quarantine.add(quarantined(name));
      }
    }
    return List.copyOf(quarantine);
  }

  private Optional<JournalReport.Segment> segment(String name) throws IOException {
    Optional<SegmentId> closed = Names.idOf(name, Names.CLOSED);
    Optional<SegmentId> open = Names.idOf(name, Names.OPEN);
    Optional<SegmentId> damaged = Names.idOf(name, Names.DAMAGED);
    try {
      if (closed.isPresent()) {
        return Optional.of(closed(name, closed.get()));
      }
      if (damaged.isPresent()) {
        return Optional.of(damaged(name, damaged.get(), "waits to be salvaged by the next start"));
      }
      return open.isPresent() ? Optional.of(open(name, open.get())) : Optional.empty();
    } catch (FileNotFoundException | NoSuchFileException delivered) {
      // Between the listing and the look.
      return Optional.empty();
    }
  }

  private JournalReport.Segment closed(String name, SegmentId id) throws IOException {
    try (DiskReader file = disk.read(name)) {
      ClosedFile checked = ClosedFile.check(name, id, file);
      String damage = verify ? damage(checked, file) : "";
      return report(checked, JournalReport.State.CLOSED, damage);
    } catch (DamagedSegmentException damaged) {
      return damaged(name, id, String.valueOf(damaged.getMessage()));
    }
  }

  private JournalReport.Segment damaged(String name, SegmentId id, String damage)
      throws IOException {
    SegmentExtent extent = new SegmentExtent(name, size(name), 0, 0, false);
    return report(new ClosedFile(substitute(id), extent), JournalReport.State.CLOSED, damage);
  }

  /** Reads on in the file that was looked at: by now it may be delivered and its name gone. */
  private String damage(ClosedFile checked, DiskReader file) {
    try {
      new ClosedSegment(storage, checked.header(), checked.extent()).read(file, payload -> {});
      RulesId rules = checked.header().rules();
      return rules.equals(RulesId.LOST) || new KeptRules(disk).find(rules).isPresent()
          ? ""
          : "its rules " + rules.hex() + " are gone or damaged";
    } catch (IOException | DamagedSegmentException damaged) {
      return String.valueOf(damaged.getMessage());
    }
  }

  private JournalReport.Segment open(String name, SegmentId id) throws IOException {
    try (DiskReader file = disk.read(name)) {
      Scan scan = Scan.of(name, file, substitute(id));
      return report(
          new ClosedFile(scan.header(), scan.prefix()),
          JournalReport.State.OPEN,
          scan.damaged() ? "synced data is damaged after byte " + scan.prefix().sizeBytes() : "");
    }
  }

  /** A header in the place of one that is damaged. */
  static SegmentHeader substitute(SegmentId id) {
    return new SegmentHeader(Format.VERSION, 0, id, RulesId.LOST, id.epoch() * 1_000_000);
  }

  private static JournalReport.Segment report(
      ClosedFile file, JournalReport.State state, String damage) {
    SegmentExtent extent = file.extent();
    return new JournalReport.Segment(
        file.header().id(),
        extent.name(),
        state,
        extent.sizeBytes(),
        extent.payloads(),
        file.header().created(),
        kinds(extent.kinds()),
        damage);
  }

  private static Set<String> kinds(long bits) {
    Set<String> labels = new TreeSet<>();
    for (int id = 0; id <= Format.KIND_ID_MAX; id++) {
      if ((bits >>> id & 1) != 0) {
        labels.add(label(id));
      }
    }
    return labels;
  }

  private static String label(int id) {
    for (PayloadKind kind : PayloadKind.values()) {
      if (kind.id() == id) {
        return kind.label();
      }
    }
    return Integer.toString(id);
  }

  private JournalReport.Quarantined quarantined(String name) throws IOException {
    String path = Names.quarantined(name);
    String reason = disk.list(Disk.QUARANTINE).contains(name + Names.REASON) ? reason(path) : "";
    SegmentExtent found = extentOf(name, path);
    return new JournalReport.Quarantined(
        name, size(path), found.payloads(), kinds(found.kinds()), reason);
  }

  /** What a file in quarantine holds, as far as it is a segment that can be read. */
  private SegmentExtent extentOf(String name, String path) throws IOException {
    Optional<SegmentId> id = Names.quarantinedId(name);
    SegmentExtent nothing = new SegmentExtent(path, 0, 0, 0, false);
    if (id.isEmpty() || name.contains(Names.TAIL)) {
      return nothing;
    }
    try (DiskReader file = disk.read(path)) {
      try {
        return ClosedFile.check(path, id.get(), file).extent();
      } catch (DamagedSegmentException noFooter) {
        return Scan.of(path, file, substitute(id.get())).prefix();
      }
    } catch (FileNotFoundException | NoSuchFileException | JournalFailure goneOrNewer) {
      return nothing;
    }
  }

  private long size(String name) throws IOException {
    try (DiskReader file = disk.read(name)) {
      return file.sizeBytes();
    }
  }

  private String reason(String path) throws IOException {
    byte[] bytes = new byte[REASON_BYTES_MAX];
    try (DiskReader file = disk.read(path + Names.REASON)) {
      int length = file.read(0, bytes, 0, bytes.length);
      return new String(bytes, 0, length, StandardCharsets.UTF_8).strip();
    }
  }
}
