package io.lodge.bucket;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;

/** Bytes that become an object. They may be read more than once, and are the same each time. */
public interface Content {
  long sizeBytes();

  /** From the first byte on; the caller closes it. */
  InputStream open() throws IOException;

  /** Bytes in memory, for what is small. */
  static Content of(byte[] bytes) {
    return new Content() {
      @Override
      public long sizeBytes() {
        return bytes.length;
      }

      @Override
      public InputStream open() {
        return new ByteArrayInputStream(bytes);
      }
    };
  }
}
