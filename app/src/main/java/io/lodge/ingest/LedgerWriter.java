package io.lodge.ingest;

import io.lodge.base.Time;
import io.lodge.decode.Decoded;
import io.lodge.decode.PayloadDecoder;
import io.lodge.decode.ledger.Receipt;
import io.lodge.decode.ledger.ReceiptsBody;
import io.lodge.journal.ClosedSegment;
import io.lodge.journal.Journal;
import io.lodge.journal.OpenSegment;
import io.lodge.lane.Lanes;
import io.lodge.model.ContentEncoding;
import io.lodge.model.Payload;
import io.lodge.model.PayloadKind;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * Writes the receiving side of the delivery ledger: once a minute, what clients were told becomes a
 * segment of its own and goes the way of all segments. A crash loses the receipts of up to a
 * minute, never what they are about. A full journal keeps them in memory until there is room.
 */
final class LedgerWriter {
  private static final long MINUTE_MILLIS = 60_000;

  /** After a minute has ended: its last segments are closed by then. */
  private static final Duration AFTER_MINUTE = Duration.ofSeconds(3);

  /** As many as make a body of some hundred kilobytes. */
  private static final int RECEIPTS_MAX = 2_000;

  private final PipelineOptions options;
  private final Journal journal;
  private final RulesInForce rules;
  private final LanesPool lanesPool;
  private final Outbox outbox;
  private final DeliveryLedger ledger;
  private final Time time;
  private final Thread thread;
  private final CountDownLatch stopping = new CountDownLatch(1);

  LedgerWriter(
      PipelineOptions options,
      Journal journal,
      RulesInForce rules,
      LanesPool lanesPool,
      Outbox outbox,
      DeliveryLedger ledger,
      Time time,
      Consumer<Throwable> fatal) {
    this.options = options;
    this.journal = journal;
    this.rules = rules;
    this.lanesPool = lanesPool;
    this.outbox = outbox;
    this.ledger = ledger;
    this.time = time;
    thread =
        Thread.ofPlatform()
            .name("ledger")
            .uncaughtExceptionHandler((t, broken) -> fatal.accept(broken))
            .unstarted(this::run);
  }

  void start() {
    thread.start();
  }

  private void run() {
    try {
      while (!stopping.await(pauseMillis(), TimeUnit.MILLISECONDS)) {
        write();
      }
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
    }
  }

  private long pauseMillis() {
    return MINUTE_MILLIS - time.millis() % MINUTE_MILLIS + AFTER_MINUTE.toMillis();
  }

  /** Writes all there are, as far as the journal has room. */
  void write() throws InterruptedException {
    List<Receipt> all = ledger.unwritten();
    for (int from = 0; from < all.size(); from += RECEIPTS_MAX) {
      List<Receipt> some = all.subList(from, Math.min(all.size(), from + RECEIPTS_MAX));
      if (!write(some)) {
        return;
      }
    }
  }

  private boolean write(List<Receipt> receipts) throws InterruptedException {
    Payload payload = payload(ReceiptsBody.write(receipts));
    RulesInForce.Named named = rules.current();
    Lanes lanes = lanesPool.take();
    OpenSegment segment = journal.begin(named.id());
    lanes.mark();
    try {
      new PayloadDecoder(options.limits(), named.rules()).decode(payload, lanes, new Decoded());
    } catch (Exception bug) {
      throw new IllegalStateException("cannot read the receipts just written: a bug", bug);
    }
    boolean written = segment.append(payload);
    if (written) {
      ClosedSegment closed = segment.close();
      ledger.written(closed, receipts);
      outbox.add(closed, lanes);
    } else {
      segment.close().delete();
      lanesPool.give(lanes);
    }
    return written;
  }

  private Payload payload(byte[] body) {
    Instant now = time.instant();
    return new Payload(
        PayloadKind.LEDGER_RECEIPTS,
        ContentEncoding.IDENTITY,
        "",
        "",
        now.getEpochSecond() * 1_000_000_000L + now.getNano(),
        body,
        0,
        body.length);
  }

  /**
   * Writes what is left; to be called once every other segment is closed. It does not interrupt the
   * thread, which may be writing to disk.
   */
  void stop() throws InterruptedException {
    stopping.countDown();
    thread.join();
    write();
  }
}
