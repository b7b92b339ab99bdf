package io.lodge.ingest;

import static java.util.Objects.requireNonNull;

import io.lodge.decode.Decoded;
import io.lodge.model.PayloadKind;
import io.lodge.route.RuleTally;
import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.atomic.LongAdder;

/**
 * What the pipeline has done since the process began. Written by its threads, read by metrics.
 * Everything that does not end up stored is counted here under its reason.
 */
public final class IngestCounters {
  private final DeliveryLedger ledger = new DeliveryLedger();
  final LongAdder payloads = new LongAdder();
  private final Map<PayloadKind, Kind> kinds = new EnumMap<>(PayloadKind.class);
  final LongAdder clampedTimestamps = new LongAdder();
  private final LongAdder removed = new LongAdder();
  final LongAdder malformed = new LongAdder();
  final LongAdder tooLarge = new LongAdder();
  final LongAdder decoderFailures = new LongAdder();
  final LongAdder refusedQueueFull = new LongAdder();
  final LongAdder refusedJournalFilling = new LongAdder();
  final LongAdder refusedJournalFull = new LongAdder();
  final LongAdder ackTimeouts = new LongAdder();
  final LongAdder segmentsSealed = new LongAdder();
  final LongAdder segmentsStored = new LongAdder();
  final LongAdder segmentsPostponed = new LongAdder();
  final LongAdder segmentsQuarantined = new LongAdder();
  final LongAdder recordsReplayed = new LongAdder();
  final LongAdder rowsRefused = new LongAdder();
  final LongAdder blocksDoubtful = new LongAdder();

  /** What is told apart by kind of payload. */
  private record Kind(LongAdder records, LongAdder deadLetters, LongAdder dropped) {}

  /** What a routing rule did, by its name. */
  private final ConcurrentMap<String, RuleCounts> rules = new ConcurrentSkipListMap<>();

  /** The three counts of one rule. */
  private record RuleCounts(LongAdder fired, LongAdder dropped, LongAdder failed) {}

  IngestCounters() {
    for (PayloadKind kind : PayloadKind.values()) {
      kinds.put(kind, new Kind(new LongAdder(), new LongAdder(), new LongAdder()));
    }
  }

  /** Where every record is, by source. */
  public DeliveryLedger ledger() {
    return ledger;
  }

  private Kind of(PayloadKind kind) {
    return requireNonNull(kinds.get(kind));
  }

  void accepted(PayloadKind kind, Decoded decoded) {
    payloads.increment();
    of(kind).records.add(decoded.stored());
    of(kind).deadLetters.add(decoded.rejected());
    of(kind).dropped.add(decoded.dropped());
    clampedTimestamps.add(decoded.clampedTimestamps());
    removed.add(decoded.removed());
    decoded.rules().read(this::countRule);
  }

  private void countRule(String name, long fired, long dropped, long failed) {
    RuleCounts counts =
        rules.computeIfAbsent(
            name, _ -> new RuleCounts(new LongAdder(), new LongAdder(), new LongAdder()));
    counts.fired.add(fired);
    counts.dropped.add(dropped);
    counts.failed.add(failed);
  }

  /** Payloads acknowledged. */
  public long payloads() {
    return payloads.sum();
  }

  /** Records of this kind acknowledged for their own table. */
  public long records(PayloadKind kind) {
    return of(kind).records.sum();
  }

  /** Records of this kind acknowledged as dead letters. */
  public long deadLetters(PayloadKind kind) {
    return of(kind).deadLetters.sum();
  }

  /** Records of this kind acknowledged and, by a routing rule, stored nowhere. */
  public long dropped(PayloadKind kind) {
    return of(kind).dropped.sum();
  }

  /** Tells what each routing rule has done that has done anything. */
  public void rules(RuleTally.Reader reader) {
    rules.forEach((name, counts) ->
        reader.rule(name, counts.fired.sum(), counts.dropped.sum(), counts.failed.sum()));
  }

  /** Times moved to the edge of what a table holds. */
  public long clampedTimestamps() {
    return clampedTimestamps.sum();
  }

  /** Fields that must not be stored, and were taken out of records. */
  public long removed() {
    return removed.sum();
  }

  /** Payloads refused because they cannot be read. */
  public long malformed() {
    return malformed.sum();
  }

  /** Payloads refused because they pass a size limit when decompressed. */
  public long tooLarge() {
    return tooLarge.sum();
  }

  /** Payloads refused because a decoder failed at them: each is a bug. */
  public long decoderFailures() {
    return decoderFailures.sum();
  }

  /** Payloads told to come again because the shards are behind. */
  public long refusedQueueFull() {
    return refusedQueueFull.sum();
  }

  /** Payloads told to come again because the journal has little room left. */
  public long refusedJournalFilling() {
    return refusedJournalFilling.sum();
  }

  /** Payloads told to come again because the journal has no room. */
  public long refusedJournalFull() {
    return refusedJournalFull.sum();
  }

  /**
   * Payloads in the journal that were not in ClickHouse, or the bucket, in time for their answer.
   */
  public long ackTimeouts() {
    return ackTimeouts.sum();
  }

  public long segmentsSealed() {
    return segmentsSealed.sum();
  }

  /** Segments that ClickHouse has accepted whole. */
  public long segmentsStored() {
    return segmentsStored.sum();
  }

  /** Segments put back into the journal because ClickHouse did not take them at once. */
  public long segmentsPostponed() {
    return segmentsPostponed.sum();
  }

  public long segmentsQuarantined() {
    return segmentsQuarantined.sum();
  }

  /** Rows that ClickHouse refused, and that are dead letters now. */
  public long rowsRefused() {
    return rowsRefused.sum();
  }

  /**
   * Blocks sent again so late that ClickHouse may have forgotten their tokens, and which it has not
   * noted: if it died amid one, the part that was stored then is stored twice.
   */
  public long blocksDoubtful() {
    return blocksDoubtful.sum();
  }

  /** Records decoded again from the journal: after a restart or while ClickHouse was away. */
  public long recordsReplayed() {
    return recordsReplayed.sum();
  }
}
