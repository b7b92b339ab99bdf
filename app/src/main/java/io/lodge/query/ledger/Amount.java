package io.lodge.query.ledger;

import io.lodge.query.run.JsonRow;

/**
 * What is counted of a cell.
 *
 * @param requests bodies
 * @param records accepted for their own table
 * @param deadLettered records that went to the dead letters
 * @param dropped records that routing rules dropped
 * @param bytes of bodies as sent
 */
public record Amount(long requests, long records, long deadLettered, long dropped, long bytes) {
  static final Amount NONE = new Amount(0, 0, 0, 0, 0);

  /** The columns of one side, which begin with its name. */
  static Amount of(JsonRow row, String side) {
    return new Amount(
        row.count(side + "_requests"),
        row.count(side + "_records"),
        row.count(side + "_dead_lettered"),
        row.count(side + "_dropped"),
        row.count(side + "_bytes"));
  }

  public Amount plus(Amount other) {
    return new Amount(
        requests + other.requests,
        records + other.records,
        deadLettered + other.deadLettered,
        dropped + other.dropped,
        bytes + other.bytes);
  }

  Amount minus(Amount other) {
    return new Amount(
        requests - other.requests,
        records - other.records,
        deadLettered - other.deadLettered,
        dropped - other.dropped,
        bytes - other.bytes);
  }

  /** As much of it as the other has. */
  Amount atMost(Amount other) {
    return new Amount(
        Math.min(requests, other.requests),
        Math.min(records, other.records),
        Math.min(deadLettered, other.deadLettered),
        Math.min(dropped, other.dropped),
        Math.min(bytes, other.bytes));
  }

  /** What is more than nothing. */
  Amount above() {
    return new Amount(
        Math.max(0, requests),
        Math.max(0, records),
        Math.max(0, deadLettered),
        Math.max(0, dropped),
        Math.max(0, bytes));
  }

  /** All records, whatever became of them. */
  public long received() {
    return records + deadLettered + dropped;
  }

  boolean isNone() {
    return equals(NONE);
  }
}
