package io.lodge.api.ask;

import io.lodge.base.net.KeyCheck;
import io.lodge.query.letters.LetterFilter;
import io.lodge.query.run.Execution;
import io.lodge.query.run.QueryFault;
import java.util.List;
import java.util.Optional;

/** What only the gateway itself can do with dead letters. For any thread. */
public interface LetterDesk {

  /** Whose ingest key allows to send letters again: those of its tenant. */
  KeyCheck keys();

  /** A record as people read it. */
  Shown show(String kind, byte[] record);

  /** Sends letters again, or says what would come of it. */
  Report replay(Execution execution, Order order) throws QueryFault, InterruptedException;

  /** How a record is shown. */
  enum Form {
    JSON,
    TEXT,
    HEX
  }

  /** A record as text of this form. */
  record Shown(Form form, String text) {}

  /**
   * What is to be sent.
   *
   * @param after only letters whose id comes behind this one
   * @param as the kind of records whose letters do not say it; empty if nobody does
   * @param dryRun whether to try it only
   */
  record Order(LetterFilter filter, String after, String as, boolean dryRun) {}

  /**
   * What became of one run.
   *
   * @param sent letters that are in the journal now, or would be
   * @param heldBack those that were not sent
   * @param next where the next run goes on; empty if there are no more letters
   */
  record Report(long sent, List<HeldBack> heldBack, Optional<String> next) {}

  /**
   * Letters that were not sent.
   *
   * @param why they would not be stored
   * @param example one of their ids
   */
  record HeldBack(String kind, String reason, String why, long letters, String example) {}
}
