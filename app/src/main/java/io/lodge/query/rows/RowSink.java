package io.lodge.query.rows;

import io.lodge.query.run.Cost;
import io.lodge.query.time.TimeRange;

/** Who takes the rows. May block, and so slow the search down. */
public interface RowSink {

  /**
   * Takes a row.
   *
   * @param json one JSON object in UTF-8
   * @throws InterruptedException if nobody waits for rows any more
   */
  void row(byte[] json) throws InterruptedException;

  /**
   * Called from time to time, and after each window.
   *
   * @param searched what was gone through until now
   */
  void progress(TimeRange searched, Cost cost) throws InterruptedException;
}
