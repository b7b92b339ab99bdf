package io.lodge.query.ledger;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** A line under construction. */
final class BookLine {
  private final List<String> key;
  private Amount receipts = Amount.NONE;
  private Amount stored = Amount.NONE;
  private Amount inFlight = Amount.NONE;
  private Amount inBucket = Amount.NONE;
  private Amount elsewhere = Amount.NONE;
  private Amount missing = Amount.NONE;
  private Amount unreceipted = Amount.NONE;
  private final Map<String, Long> refused = new TreeMap<>();

  BookLine(List<String> key) {
    this.key = key;
  }

  void receipts(Amount more) {
    receipts = receipts.plus(more);
  }

  void stored(Amount more) {
    stored = stored.plus(more);
  }

  void inFlight(Amount more) {
    inFlight = inFlight.plus(more);
  }

  void inBucket(Amount more) {
    inBucket = inBucket.plus(more);
  }

  void elsewhere(Amount more) {
    elsewhere = elsewhere.plus(more);
  }

  void missing(Amount more) {
    missing = missing.plus(more);
  }

  void unreceipted(Amount more) {
    unreceipted = unreceipted.plus(more);
  }

  void refused(String reason, long requests) {
    refused.merge(reason, requests, Long::sum);
  }

  void add(BookLine other) {
    receipts(other.receipts);
    stored(other.stored);
    inFlight(other.inFlight);
    inBucket(other.inBucket);
    elsewhere(other.elsewhere);
    missing(other.missing);
    unreceipted(other.unreceipted);
    other.refused.forEach(this::refused);
  }

  Book.Line line() {
    Amount received = receipts.plus(unreceipted);
    return new Book.Line(
        key,
        received.requests(),
        received.bytes(),
        received.received(),
        stored.records(),
        stored.deadLettered(),
        stored.dropped(),
        inFlight.received(),
        inBucket.received(),
        elsewhere.received(),
        missing.received(),
        unreceipted.received(),
        refused);
  }
}
