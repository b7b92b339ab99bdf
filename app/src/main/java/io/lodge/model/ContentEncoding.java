package io.lodge.model;

/**
 * How a payload's bytes are compressed, as the client sent them.
 *
 * <p>Ids are written to the journal and never reused.
 */
public enum ContentEncoding {
  IDENTITY(0),
  GZIP(1),
  ZSTD(2),
  /** Snappy, framed or as one raw block: told apart by the frame header. */
  SNAPPY(3),
  /** zlib (RFC 1950), which HTTP calls deflate. */
  DEFLATE(4);

  private final byte id;

  ContentEncoding(int id) {
    this.id = (byte) id;
  }

  /** The number on disk. */
  public byte id() {
    return id;
  }

  /**
   * The encoding with this number, or an {@link IllegalArgumentException} if this build has none.
   */
  public static ContentEncoding ofId(byte id) {
    for (ContentEncoding encoding : values()) {
      if (encoding.id == id) {
        return encoding;
      }
    }
    throw new IllegalArgumentException("unexpected content encoding; got " + id + " want 0..4");
  }
}
