package io.lodge.decode.letter;

/**
 * One row of {@code otel.dead_letters}, as far as its record can be made a request of again.
 *
 * @param kind the label of the payload it came in
 * @param reason why it was refused, a word
 * @param context what its request said beside the body
 * @param resource its resource as JSON, or empty
 * @param scope the same of its scope
 * @param parent what else it lay in
 * @param receivedUnixNanos when its request came
 * @param record the bytes as received
 */
public record Letter(
    String kind,
    String reason,
    String tenant,
    String context,
    String resource,
    String scope,
    String parent,
    long receivedUnixNanos,
    byte[] record) {}
