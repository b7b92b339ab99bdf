package io.lodge.simulation;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import io.lodge.bucket.SimulatedBucket;
import io.lodge.journal.SimulatedDisk;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** The client's ledger against the tables and the quarantine, when all is drained. */
final class Reckoning {
  private static final String SERIES = "otel.prom_series_0";
  private static final String LEDGER = "otel.delivery_ledger_0";
  private static final String SAMPLES = "otel.prom_samples_0";

  private final World world;
  private final Client client;
  private final SimulatedClickHouse clickHouse;
  private final SimulatedDisk disk;
  private final Optional<SimulatedBucket> bucket;

  /** How often each row is stored, in the first target of each landing table. */
  private final Map<String, Integer> stored = new HashMap<>();

  private final boolean damaged;

  Reckoning(
      World world,
      Client client,
      SimulatedClickHouse clickHouse,
      SimulatedDisk disk,
      Optional<SimulatedBucket> bucket) {
    this.world = world;
    this.client = client;
    this.clickHouse = clickHouse;
    this.disk = disk;
    this.bucket = bucket;
    damaged =
        world.had(Fault.BIT_FLIP)
            || world.had(Fault.RULES_DAMAGED)
            || world.had(Fault.UNREADABLE_SECTOR)
            || world.had(Fault.READ_FAILS);
  }

  void settle() {
    clickHouse
        .targets()
        .forEach((landing, tables) -> {
          if (!landing.equals(SERIES) && !landing.equals(LEDGER)) { // neither are rows of a client
            tables.forEach(this::once);
            tables
                .getFirst()
                .rows()
                .forEach((row, times) -> stored.merge(row, times.size(), Integer::sum));
          }
        });
    List<String> quarantine = quarantine();
    Map<String, Sent> sent = new HashMap<>();
    for (Sent one : client.all()) {
      one.rows().forEach(row -> sent.put(row, one));
      kept(one, quarantine);
    }
    clickHouse.targets().values().forEach(tables -> viewsAgree(tables, sent, quarantine));
    stored.keySet().forEach(row -> known(row, sent.get(row)));
    rulesKept(sent);
    if (quarantine.isEmpty()) {
      seriesKept(); // else labels may be in there, which other segments had counted on
    }
    intactSalvaged();
  }

  /**
   * What a bit cost that turned over. Where sectors could not be read or rules were gone, whole
   * segments wait for a person; and of an unfinished write nobody can tell where a bit would be
   * wrong.
   */
  private void intactSalvaged() {
    boolean only =
        world.faults().keySet().stream()
            .noneMatch(
                EnumSet.of(Fault.RULES_DAMAGED, Fault.UNREADABLE_SECTOR, Fault.READ_FAILS)
                    ::contains);
    List<String> tails =
        disk.list("quarantine").stream()
            .filter(name -> name.endsWith(".tail"))
            .map(name -> new String(disk.bytes("quarantine/" + name), ISO_8859_1))
            .toList();
    long lost =
        client.all().stream()
            .filter(sent -> sent.state() == Sent.State.ACKNOWLEDGED)
            .filter(sent -> !stored.keySet().containsAll(sent.rows()) && !isIn(tails, sent))
            .count();
    if (only && lost > world.faults().getOrDefault(Fault.BIT_FLIP, 0)) {
      throw new Broken(
          Promise.INTACT_IS_SALVAGED,
          lost + " payloads are in quarantine only, more than bits turned over");
    }
  }

  private void once(Table table) {
    table
        .rows()
        .forEach((row, times) -> {
          // What is left of a damaged segment is cut into other pieces than the whole was.
          boolean inOtherPieces = damaged && world.had(Fault.DATA_REFUSED);
          if (times.size() > 1 && !inOtherPieces && !table.storedAgain().contains(row)) {
            throw new Broken(
                Promise.EXACTLY_ONCE, row + " is " + times.size() + " times in " + table.name());
          }
        });
  }

  /** What went to quarantine may have been stored in part before. */
  private static void viewsAgree(
      List<Table> tables, Map<String, Sent> sent, List<String> quarantine) {
    Set<String> first = tables.getFirst().rows().keySet();
    for (Table table : tables) {
      Set<String> differing = new TreeSet<>(first);
      differing.addAll(table.rows().keySet());
      differing.removeIf(row -> first.contains(row) && table.rows().containsKey(row));
      differing.removeIf(row -> isIn(quarantine, sent.get(row)));
      if (!differing.isEmpty()) {
        throw new Broken(
            Promise.VIEWS_AGREE, differing + " is not in all targets beside " + table.name());
      }
    }
  }

  private void kept(Sent sent, List<String> quarantine) {
    List<String> missing = sent.rows().stream().filter(row -> !stored.containsKey(row)).toList();
    if (missing.isEmpty() || isIn(quarantine, sent)) {
      return;
    }
    switch (sent.state()) {
      case ACKNOWLEDGED ->
          throw new Broken(
              Promise.ACKNOWLEDGED_IS_KEPT, missing + " is neither stored nor in quarantine");
      case UNANSWERED -> {
        if (missing.size() < sent.rows().size()) {
          throw new Broken(Promise.ALL_OR_NOTHING, missing + " is missing, its neighbours are not");
        }
      }
      case SENT -> throw new Broken(Promise.DRAINS, missing + " never got an answer");
      case REFUSED, MALFORMED -> {}
    }
  }

  private static void known(String row, @Nullable Sent sent) {
    if (sent == null) {
      throw new Broken(Promise.NOTHING_MADE_UP, row + " is stored and nobody sent it");
    }
    if (sent.state() == Sent.State.MALFORMED || sent.state() == Sent.State.REFUSED) {
      throw new Broken(Promise.NOTHING_MADE_UP, row + " is stored and was " + sent.state());
    }
  }

  private void rulesKept(Map<String, Sent> sent) {
    for (List<Table> tables : clickHouse.targets().values()) {
      tables
          .getFirst()
          .rows()
          .values()
          .forEach(times -> times.forEach(row -> rulesKept(row, sent.get(row.name()))));
    }
  }

  private void rulesKept(Block.Row row, @Nullable Sent sent) {
    if (sent != null
        && sent.state() == Sent.State.ACKNOWLEDGED
        && !damaged
        && row.rules() > sent.rulesAtAnswer()) {
      throw new Broken(
          Promise.RULES_ARE_KEPT,
          "%s follows rules %d, accepted under %d at most"
              .formatted(row.name(), row.rules(), sent.rulesAtAnswer()));
    }
  }

  private void seriesKept() {
    Set<String> described = clickHouse.target(SERIES).map(Table::series).orElse(Set.of());
    Set<String> used = clickHouse.target(SAMPLES).map(Table::series).orElse(Set.of());
    if (!described.containsAll(used)) {
      throw new Broken(Promise.SERIES_ARE_KEPT, "samples of " + used + ", labels of " + described);
    }
  }

  /** The bytes of each file there, as Latin-1: what a person would find. */
  private List<String> quarantine() {
    List<String> files = new ArrayList<>();
    List<String> names = disk.list("quarantine");
    world.note("in quarantine: %s", names);
    for (String name : names) {
      // Of a torn tail nothing was acknowledged, unless the disk has changed what was.
      boolean counts = damaged || !name.endsWith(".tail");
      if (counts && !name.endsWith(".reason")) {
        files.add(new String(disk.bytes("quarantine/" + name), ISO_8859_1));
        caused(name, names);
      }
    }
    bucket.ifPresent(there -> files.addAll(putAside(there)));
    return files;
  }

  /** No object is ever damaged: only where something else was, any is put aside. */
  private List<String> putAside(SimulatedBucket there) {
    List<String> files = new ArrayList<>();
    for (String name : there.names()) {
      if (name.startsWith("segments/")) {
        throw new Broken(Promise.DRAINS, name + " is still in the bucket");
      }
      if (name.startsWith("quarantine/") && !name.endsWith(".reason")) {
        files.add(new String(there.bytes(name), ISO_8859_1));
        if (!damaged) {
          throw new Broken(
              Promise.QUARANTINE_HAS_A_CAUSE, name + " is in the bucket, nothing was wrong");
        }
      }
    }
    return files;
  }

  private void caused(String name, List<String> names) {
    if (!damaged) {
      throw new Broken(
          Promise.QUARANTINE_HAS_A_CAUSE, name + " is in quarantine, nothing was wrong");
    }
    if (!names.contains(name + ".reason") && !world.had(Fault.DISK_FULL)) {
      throw new Broken(Promise.QUARANTINE_HAS_A_CAUSE, name + " is in quarantine without a note");
    }
  }

  /** Whether its bytes are there, but for bits that turned over. */
  private static boolean isIn(List<String> quarantine, @Nullable Sent sent) {
    if (sent == null) {
      return false;
    }
    List<String> parts = parts(sent.payload().bytes());
    return quarantine.stream()
        .anyMatch(file ->
            parts.stream().anyMatch(file::contains)
                || sent.rows().stream().anyMatch(file::contains));
  }

  /** Parts of a body, each long enough to be in no other. */
  private static List<String> parts(byte[] body) {
    int parts = Math.clamp(body.length / 64, 2, 6);
    int length = body.length / parts;
    return IntStream.range(0, parts)
        .mapToObj(part -> new String(body, part * length, length, ISO_8859_1))
        .toList();
  }
}
