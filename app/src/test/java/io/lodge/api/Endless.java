package io.lodge.api;

import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicLong;

/** Rows without end, or until they break off. */
final class Endless extends InputStream {
  final AtomicLong given = new AtomicLong();
  final CountDownLatch closed = new CountDownLatch(1);
  private final long bytesMax;
  private final boolean breaks;

  Endless(long bytesMax, boolean breaks) {
    this.bytesMax = bytesMax;
    this.breaks = breaks;
  }

  @Override
  public int read() {
    throw new UnsupportedOperationException("only whole pieces are read");
  }

  @Override
  public int read(byte[] to, int offset, int length) throws IOException {
    if (given.get() >= bytesMax) {
      if (breaks) {
        throw new IOException("the server went away");
      }
      return -1;
    }
    Arrays.fill(to, offset, offset + length, (byte) 'x');
    given.addAndGet(length);
    return length;
  }

  @Override
  public void close() {
    closed.countDown();
  }
}
