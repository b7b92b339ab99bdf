package io.lodge.ingest;

/**
 * A request that was not accepted.
 *
 * @param tenant whose it was; empty if it did not get as far
 * @param protocol the label of its payload's kind, or of what the listener speaks if its kind is
 *     not known
 * @param reason one word
 * @param unixNanos when it was refused, nanoseconds since 1970
 */
public record Refusal(String tenant, String protocol, String reason, long unixNanos) {}
