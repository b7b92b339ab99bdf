package io.lodge;

import io.lodge.api.ask.LetterDesk;
import io.lodge.base.net.KeyCheck;
import io.lodge.clickhouse.ClickHouse;
import io.lodge.decode.letter.LetterText;
import io.lodge.ingest.Intake;
import io.lodge.journal.Journal;
import io.lodge.query.letters.Letters;
import io.lodge.query.run.Execution;
import io.lodge.query.run.Guard;
import io.lodge.query.run.QueryFault;
import java.io.IOException;
import java.util.concurrent.Semaphore;
import java.util.function.LongSupplier;

/**
 * The gateway's own part in dead letters: it shows their records, and sends them again through its
 * own intake, one run at a time.
 */
final class LetterOffice implements LetterDesk {

  /**
   * What a run needs.
   *
   * @param intake takes what is sent
   * @param journal where what is sent waits; its name is this gateway's
   * @param underWay whether any may be there, or in the bucket
   * @param writer notes which letters are about to be sent, and reads rows that were refused
   * @param rows sends those
   * @param trial tries them first
   * @param keys ingest keys
   */
  record Parts(
      Intake intake,
      Journal journal,
      LettersUnderWay underWay,
      ClickHouse writer,
      LetterRows rows,
      LetterTrial trial,
      KeyCheck keys,
      LongSupplier unixNanos) {}

  private final Parts parts;
  private final Semaphore turn = new Semaphore(1);

  LetterOffice(Parts parts) {
    this.parts = parts;
  }

  @Override
  public KeyCheck keys() {
    return parts.keys();
  }

  @Override
  public Shown show(String kind, byte[] record) {
    if (kind.equals(Letters.ROW)) {
      try {
        return new Shown(Form.JSON, parts.writer().text(Letters.rowsOf(record)).strip());
      } catch (IOException cannotRead) {
        // As bytes, then.
      }
    }
    return switch (LetterText.of(kind, record)) {
      case LetterText.Json json -> new Shown(Form.JSON, json.text());
      case LetterText.Plain plain -> new Shown(Form.TEXT, plain.text());
      case LetterText.Hex hex -> new Shown(Form.HEX, hex.text());
    };
  }

  @Override
  public Report replay(Execution execution, Order order) throws QueryFault, InterruptedException {
    if (!turn.tryAcquire()) {
      throw QueryFault.limit(
          Guard.CONCURRENCY, "cannot replay dead letters: another replay runs; wait for its end");
    }
    try {
      return new LetterReplay(parts, execution, order).run();
    } finally {
      turn.release();
    }
  }
}
