package io.lodge.model;

/**
 * One request body as received, and what is needed to decode it again later.
 *
 * <p>Owned by whoever holds it: the bytes in {@code [offset, offset + length)} must not change
 * until the outcome of the payload is known.
 *
 * @param kind which decoder reads it
 * @param encoding how the bytes are compressed
 * @param tenant whose data it is; {@code default} where no key says otherwise; at most 255 UTF-8
 *     bytes
 * @param context what the request said beside its body and its decoder needs, such as a dataset's
 *     name; empty for most kinds; at most 255 UTF-8 bytes
 * @param receivedUnixNanos when the gateway had read the body, nanoseconds since 1970
 * @param bytes the buffer that holds the body
 * @param offset where the body starts in {@code bytes}
 * @param length how long the body is, in bytes
 */
public record Payload(
    PayloadKind kind,
    ContentEncoding encoding,
    String tenant,
    String context,
    long receivedUnixNanos,
    byte[] bytes,
    int offset,
    int length) {}
