package io.lodge.decode;

/**
 * How much one request may become: a body of a few kilobytes must not turn into gigabytes of
 * columns. Part of the decoder's revision: a segment must decode to the same rows for ever.
 */
public final class RequestLimit {
  private static final int RECORDS_MAX = 250_000;
  private static final long CELLS_MAX = 4_000_000;

  private int records;
  private long cells;

  /** Each record is counted before anything is kept of it. */
  public void countRecord() {
    if (++records > RECORDS_MAX) {
      throw new TooManyRowsException("records", RECORDS_MAX);
    }
  }

  /** Counts small things that take memory out of proportion: attributes and array elements. */
  public void countCells(long count) {
    cells += count;
    if (cells > CELLS_MAX) {
      throw new TooManyRowsException("attributes and elements over all its records", CELLS_MAX);
    }
  }
}
