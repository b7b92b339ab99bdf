package io.lodge.deliver;

/** What became of a shipment. */
public sealed interface Delivery {

  /** Every block is in its table: the segment may be deleted. */
  record Stored() implements Delivery {}

  /**
   * ClickHouse did not take every block within the attempts allowed. Sending the same shipment
   * again completes it.
   *
   * @param reason what the last attempt met
   * @param maybeStored whether a block was sent whose reply does not rule out that it is stored:
   *     only ClickHouse's memory of tokens then keeps the next send from doubling it, so that
   *     should not wait long
   */
  record Postponed(String reason, boolean maybeStored) implements Delivery {}

  /**
   * ClickHouse will never take a block as it is: a row of it is at fault. Blocks before it are
   * stored; nothing of it is, and nothing behind it was sent.
   *
   * @param reason the server's message
   * @param block the block's name
   */
  record Refused(String reason, String block) implements Delivery {}
}
