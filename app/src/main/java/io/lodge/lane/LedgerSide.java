package io.lodge.lane;

/** Who says what a row of the delivery ledger says. The labels are stored. */
public enum LedgerSide {
  /** The receiving side: clients were told that these are accepted. */
  RECEIVED("received"),
  /** The delivering side: every row of these is in its table. */
  STORED("stored"),
  /** The receiving side: clients were told that these are not accepted, and why. */
  REFUSED("refused");

  private final String label;

  LedgerSide(String label) {
    this.label = label;
  }

  /** The word in the table. */
  public String label() {
    return label;
  }
}
