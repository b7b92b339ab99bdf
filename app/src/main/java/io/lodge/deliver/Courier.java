package io.lodge.deliver;

import io.lodge.base.Backoff;
import io.lodge.base.Time;
import io.lodge.clickhouse.InsertResult;
import java.io.IOException;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Carries shipments to ClickHouse, one block after the other, until ClickHouse has accepted each.
 * Thread-safe; the calling thread blocks.
 */
public final class Courier {
  private static final Logger log = LoggerFactory.getLogger(Courier.class);

  /** The first wait is short: most failures are a server that restarts or merges for a moment. */
  private static final Backoff BACKOFF = new Backoff(Duration.ofMillis(100), Duration.ofSeconds(5));

  /**
   * ClickHouse surely knows a token for so long: it keeps those of the last 10,000 blocks of a
   * table, and one for each day in a block. In a minute, all gateways together would have to send
   * 166 blocks a second to one table. What may be stored and was first sent longer ago is asked
   * for, by {@link #stored}, before it is sent again.
   */
  public static final Duration TOKENS_KEPT = Duration.ofMinutes(1);

  private final Inserts inserts;
  private final DeliveredBlocks deliveredBlocks;
  private final Duration insertTimeout;
  private final Supplier<String> notReady;
  private final Time time;
  private final Probes probes;
  private final Pressure pressure;

  private final LongAdder rows = new LongAdder();
  private final LongAdder blocks = new LongAdder();
  private final LongAdder rawBytes = new LongAdder();
  private final LongAdder compressedBytes = new LongAdder();
  private final LongAdder retries = new LongAdder();
  private final LongAdder refusals = new LongAdder();
  private final LongAdder rowsExpired = new LongAdder();
  private final LongAdder blocksFound = new LongAdder();

  /** What the last failed attempt met; empty while ClickHouse accepts blocks. */
  private volatile String trouble = "";

  private volatile boolean unreachable;

  /**
   * @param deliveredBlocks what ClickHouse notes of stored blocks
   * @param notReady why nothing may be sent yet; empty once it may. A landing table without its
   *     view takes rows and forgets them, so the schema must be whole first
   * @param time what its pauses are measured by
   */
  public Courier(
      Inserts inserts,
      DeliveredBlocks deliveredBlocks,
      Duration insertTimeout,
      Supplier<String> notReady,
      Time time) {
    this.inserts = inserts;
    this.deliveredBlocks = deliveredBlocks;
    this.insertTimeout = insertTimeout;
    this.notReady = notReady;
    this.time = time;
    probes = new Probes(time);
    pressure = new Pressure(time, this::isAway);
  }

  /** For a ClickHouse that does not note what it has stored. */
  public Courier(Inserts inserts, Duration insertTimeout, Supplier<String> notReady, Time time) {
    this(inserts, DeliveredBlocks.NONE, insertTimeout, notReady, time);
  }

  /**
   * Which blocks of a segment ClickHouse has noted as stored whole, by name. Asked where its memory
   * of tokens may have ended: within it, to send again is better, for that completes a block that
   * is stored in part.
   *
   * @throws IOException if it cannot be asked now
   */
  public Set<String> stored(String segment) throws IOException {
    String reason = notReady.get();
    if (!reason.isEmpty()) {
      throw new IOException(reason);
    }
    Set<String> stored = deliveredBlocks.of(segment);
    blocksFound.add(stored.size());
    return stored;
  }

  /** What ClickHouse can bear now. */
  public Pressure pressure() {
    return pressure;
  }

  /** Why ClickHouse does not take blocks now; empty if, as far as known, it does. */
  public String trouble() {
    String reason = notReady.get();
    return reason.isEmpty() ? trouble : reason;
  }

  /** Whether it makes no sense to try: ClickHouse does not answer, or its schema is not ready. */
  public boolean isAway() {
    return unreachable || !notReady.get().isEmpty();
  }

  /**
   * Sends every block of a shipment that is fresh: before all that waited.
   *
   * @param attemptsMax how often one block is tried before the shipment is postponed
   */
  public Delivery deliver(Shipment shipment, int attemptsMax) throws InterruptedException {
    return deliver(shipment, attemptsMax, true);
  }

  /** Sends every block of a shipment that waited: once, and behind those that are fresh. */
  public Delivery drain(Shipment shipment) throws InterruptedException {
    return deliver(shipment, 1, false);
  }

  private Delivery deliver(Shipment shipment, int attemptsMax, boolean fresh)
      throws InterruptedException {
    String reason = notReady.get();
    if (!reason.isEmpty()) {
      return new Delivery.Postponed(reason, false);
    }
    boolean maybeStored = false;
    for (Shipment.Parcel parcel : shipment.parcels()) {
      Delivery delivery = deliver(shipment, parcel, attemptsMax, fresh, maybeStored);
      if (!(delivery instanceof Delivery.Stored)) {
        return delivery;
      }
      maybeStored = true;
    }
    return new Delivery.Stored();
  }

  /**
   * @param storedBefore whether a block before this one is stored already
   */
  private Delivery deliver(
      Shipment shipment,
      Shipment.Parcel parcel,
      int attemptsMax,
      boolean fresh,
      boolean storedBefore)
      throws InterruptedException {
    boolean maybeStored = storedBefore;
    long firstNanos = time.nanoTime();
    for (int attempt = 1; ; attempt++) {
      String token = shipment.token(parcel);
      String reason = probes.reasonToWait(parcel.table(), token);
      if (!reason.isEmpty()) {
        return new Delivery.Postponed(reason, maybeStored);
      }
      InsertResult result = insert(parcel, token, fresh);
      switch (result) {
        case InsertResult.Stored stored -> {
          probes.works(parcel.table());
          count(parcel);
          return new Delivery.Stored();
        }
        case InsertResult.Refused refused -> {
          refusals.increment();
          trouble = ""; // ClickHouse is there; it is the block that it does not want
          unreachable = false;
          probes.works(parcel.table());
          return new Delivery.Refused(refused.message(), parcel.name());
        }
        case InsertResult.RetryLater later -> {
          retries.increment();
          report(parcel, later);
          if (later.kind() == InsertResult.Wait.OPERATOR) {
            probes.failed(parcel.table(), token, later.message());
          }
          maybeStored |= later.kind() != InsertResult.Wait.UNREACHABLE;
          boolean late = time.nanoTime() - firstNanos >= TOKENS_KEPT.toNanos();
          if (attempt >= attemptsMax || (maybeStored && late)) {
            return new Delivery.Postponed(later.message(), maybeStored);
          }
          time.sleep(BACKOFF.after(attempt, time.random()));
        }
      }
    }
  }

  private InsertResult insert(Shipment.Parcel parcel, String token, boolean fresh)
      throws InterruptedException {
    pressure.begin(fresh);
    long beganNanos = time.nanoTime();
    boolean ended = false;
    try {
      InsertResult result =
          inserts.insert(parcel.table(), token, parcel.block().body(), insertTimeout);
      pressure.ended(result, time.nanoTime() - beganNanos);
      ended = true;
      return result;
    } finally {
      if (!ended) {
        pressure.brokeOff();
      }
    }
  }

  private void count(Shipment.Parcel parcel) {
    unreachable = false;
    if (!trouble.isEmpty()) {
      trouble = "";
      log.info("ClickHouse accepts blocks again");
    }
    blocks.increment();
    if (parcel.ofRecords()) {
      rows.add(parcel.block().rows());
    }
    countExpired(parcel);
    rawBytes.add(parcel.block().rawBytes());
    compressedBytes.add(parcel.block().compressedBytes());
  }

  private void countExpired(Shipment.Parcel parcel) {
    if (parcel.rowsExpired() > 0 && rowsExpired.sum() == 0) {
      log.warn(
          "{} rows for {} are older than the table keeps rows: ClickHouse deletes them with the last"
              + " row of their part, mostly at once; lodge_deliver_rows_expired_total counts them",
          parcel.rowsExpired(),
          parcel.table());
    }
    rowsExpired.add(parcel.rowsExpired());
  }

  /** Logged when the trouble begins or changes, not with every attempt. */
  private void report(Shipment.Parcel parcel, InsertResult.RetryLater later) {
    String before = trouble;
    trouble = later.kind() + " " + later.message();
    unreachable = later.kind() == InsertResult.Wait.UNREACHABLE;
    if (before.isEmpty() || !before.startsWith(later.kind().toString())) {
      log.warn(
          "cannot insert into {}: {}; retrying, what was acknowledged stays in the journal",
          parcel.table(),
          later.message());
    }
  }

  /** Rows of what clients sent, without those of the delivery ledger. */
  public long rowsStored() {
    return rows.sum();
  }

  /** Of them, those older than their table keeps rows. */
  public long rowsExpired() {
    return rowsExpired.sum();
  }

  public long blocksStored() {
    return blocks.sum();
  }

  /** Bytes of stored blocks before compression. */
  public long rawBytesStored() {
    return rawBytes.sum();
  }

  /** Bytes of stored blocks as sent. */
  public long compressedBytesStored() {
    return compressedBytes.sum();
  }

  /** Blocks that were not sent again, since ClickHouse had noted them. */
  public long blocksFoundStored() {
    return blocksFound.sum();
  }

  public long retries() {
    return retries.sum();
  }

  public long refusals() {
    return refusals.sum();
  }
}
