package io.lodge.lane;

import java.util.List;

/**
 * The lanes of one segment: every landing table's block under construction. Reused from segment to
 * segment; belongs to one thread at a time.
 */
public final class Lanes {
  private final LogsLane logs = new LogsLane();
  private final DeadLettersLane deadLetters = new DeadLettersLane();
  private final List<Lane> all = List.of(logs, deadLetters);

  public LogsLane logs() {
    return logs;
  }

  public DeadLettersLane deadLetters() {
    return deadLetters;
  }

  /** Every lane, in a fixed order. */
  public List<Lane> all() {
    return all;
  }

  /** The lanes that hold rows, in a fixed order. */
  public List<Lane> filled() {
    return all.stream().filter(lane -> lane.rows() > 0).toList();
  }

  /** The rows of the fullest lane. */
  public int rowsMax() {
    int max = 0;
    for (Lane lane : all) {
      max = Math.max(max, lane.rows());
    }
    return max;
  }

  /** The uncompressed size of the largest lane, about. */
  public long sizeBytesMax() {
    long max = 0;
    for (Lane lane : all) {
      max = Math.max(max, lane.sizeBytes());
    }
    return max;
  }

  /** Remembers the present rows: called before each payload. */
  public void mark() {
    all.forEach(Lane::mark);
  }

  /** Drops the rows since the mark: a payload that turned out to be malformed leaves no trace. */
  public void rollback() {
    all.forEach(Lane::rollback);
  }

  public void clear() {
    all.forEach(Lane::clear);
  }
}
