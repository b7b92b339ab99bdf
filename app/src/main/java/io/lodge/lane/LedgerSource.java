package io.lodge.lane;

/**
 * Whose records are counted together in the delivery ledger.
 *
 * @param minute in which they were received, as minutes since 1970
 * @param protocol the label of their payload's kind
 * @param service what their service is called; empty if they name none, {@link #OTHER} for those
 *     beyond as many as are told apart
 * @param table what their rows are read from, with its database; empty if they have none
 */
public record LedgerSource(
    int minute, String tenant, String protocol, String service, String table) {
  /** All services that are not told apart. */
  public static final String OTHER = "(other)";

  /** The same without its service. */
  public LedgerSource ofOther() {
    return new LedgerSource(minute, tenant, protocol, OTHER, table);
  }
}
