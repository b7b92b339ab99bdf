package io.lodge.decode;

import io.lodge.model.Payload;

/**
 * Turns a payload's bytes into the plain body, never beyond a limit: a small request that would
 * become gigabytes is refused once it passes the limit, before more of it exists.
 *
 * <p>The result stays in a buffer that the next call overwrites. Belongs to one thread.
 */
public final class Decompressor {
  private final int limitBytes;
  private final BodyBuffer buffer;
  private final InflateBody inflate = new InflateBody();
  private final ZstdBody zstd;
  private final SnappyBody snappy = new SnappyBody();

  /**
   * @param limitBytes the most a body may have when decompressed
   */
  public Decompressor(int limitBytes) {
    this.limitBytes = limitBytes;
    buffer = new BodyBuffer(limitBytes);
    zstd = new ZstdBody(limitBytes);
  }

  /** A decompressed body: {@code [offset, offset + length)} of {@code bytes}. */
  public record Body(byte[] bytes, int offset, int length) {}

  /** The plain body; for an uncompressed payload its own bytes, without a copy. */
  public Body decompress(Payload payload) throws MalformedPayloadException, BodyTooLargeException {
    buffer.clear();
    byte[] bytes = payload.bytes();
    int from = payload.offset();
    int to = from + payload.length();
    try {
      switch (payload.encoding()) {
        case IDENTITY -> {
          return identity(payload);
        }
        case GZIP -> inflate.gzip(bytes, from, to, buffer);
        case DEFLATE -> inflate.zlib(bytes, from, to, buffer);
        case ZSTD -> zstd.decompress(bytes, from, to, buffer);
        case SNAPPY -> snappy.decompress(bytes, from, to, buffer);
      }
    } catch (CorruptBodyException e) {
      throw new MalformedPayloadException(
          buffer.length(),
          "body is not valid %s: %s".formatted(payload.encoding(), e.getMessage()));
    }
    return buffer.body();
  }

  private Body identity(Payload payload) throws BodyTooLargeException {
    if (payload.length() > limitBytes) {
      throw new BodyTooLargeException(limitBytes);
    }
    return new Body(payload.bytes(), payload.offset(), payload.length());
  }
}
