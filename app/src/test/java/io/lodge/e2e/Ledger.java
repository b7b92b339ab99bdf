package io.lodge.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * What was sent and what became of it, to be held against what is stored. Any thread.
 *
 * <p>A record whose answer was lost is never sent again: it may be stored once or not at all. So no
 * record has a reason to be stored twice, and every acknowledged one must be stored.
 */
final class Ledger {
  /** How many faults of a kind are worth listing. */
  private static final int SHOWN_MAX = 5;

  private enum Fate {
    /** Under way, refused for now, or its answer was lost. */
    SENT,
    ACKNOWLEDGED
  }

  private final String service;
  private final Map<Numbered, Fate> fates = new ConcurrentHashMap<>();
  private final Map<Numbered, String> whyAgain = new ConcurrentHashMap<>();
  private final AtomicInteger acknowledged = new AtomicInteger();
  private final AtomicInteger refusals = new AtomicInteger();

  /**
   * @param service the service.name that its records have, and no others
   */
  Ledger(String service) {
    this.service = service;
  }

  String service() {
    return service;
  }

  void sent(List<Numbered> records) {
    records.forEach(record -> fates.putIfAbsent(record, Fate.SENT));
  }

  void acknowledged(List<Numbered> records) {
    records.forEach(record -> fates.put(record, Fate.ACKNOWLEDGED));
    acknowledged.addAndGet(records.size());
  }

  /** They are about to be sent again: why is told if they turn out to be stored twice. */
  void again(List<Numbered> records, String why) {
    records.forEach(record -> whyAgain.merge(record, why, (before, now) -> before + ", " + now));
  }

  /** A request was told to come again. */
  void refused() {
    refusals.incrementAndGet();
  }

  /** Records acknowledged so far. */
  int acknowledged() {
    return acknowledged.get();
  }

  int refusals() {
    return refusals.get();
  }

  /** Fails unless every acknowledged record is stored once, as sent, and nothing else is. */
  void assertExact(Sql sql) {
    assertThat(faults(sql)).as("%d records acknowledged", acknowledged()).isEmpty();
  }

  /** What is wrong with the table, compared to this ledger. */
  List<String> faults(Sql sql) {
    Map<Numbered, Integer> stored = new HashMap<>();
    List<Numbered> altered = new ArrayList<>();
    for (List<String> row : sql.rows(STORED.formatted(service))) {
      Numbered record = new Numbered(Integer.parseInt(row.get(0)), Integer.parseInt(row.get(1)));
      stored.merge(record, 1, Integer::sum);
      String hash = record.hash();
      if (!row.get(2).equals(hash) || !row.get(3).equals(hash)) {
        altered.add(record);
      }
    }
    List<String> faults = new ArrayList<>();
    report(faults, "stored with another content than sent", altered);
    report(faults, "stored and never sent", strangers(stored));
    List<Numbered> repeated = repeated(stored);
    report(faults, "stored more than once" + reasons(repeated), repeated);
    report(faults, "acknowledged and not stored", lost(stored));
    return faults;
  }

  private static final String STORED =
      """
      SELECT LogAttributes['ledger.producer'], LogAttributes['ledger.sequence'],
        LogAttributes['ledger.hash'], lower(hex(SHA256(Body)))
      FROM otel.generic_logs WHERE ServiceName = '%s'\
      """;

  private List<Numbered> strangers(Map<Numbered, Integer> stored) {
    return stored.keySet().stream().filter(record -> !fates.containsKey(record)).toList();
  }

  private static List<Numbered> repeated(Map<Numbered, Integer> stored) {
    return stored.entrySet().stream()
        .filter(entry -> entry.getValue() > 1)
        .map(Map.Entry::getKey)
        .toList();
  }

  /** Why those were sent more than once that were. */
  private String reasons(List<Numbered> repeated) {
    Set<String> reasons = new TreeSet<>();
    repeated.forEach(record -> reasons.add(whyAgain.getOrDefault(record, "sent once")));
    return repeated.isEmpty() ? "" : " " + reasons;
  }

  private List<Numbered> lost(Map<Numbered, Integer> stored) {
    return fates.entrySet().stream()
        .filter(entry -> entry.getValue() == Fate.ACKNOWLEDGED)
        .map(Map.Entry::getKey)
        .filter(record -> !stored.containsKey(record))
        .toList();
  }

  private static void report(List<String> faults, String what, List<Numbered> records) {
    if (!records.isEmpty()) {
      faults.add(
          "%d %s: %s".formatted(records.size(), what, records.stream().limit(SHOWN_MAX).toList()));
    }
  }
}
