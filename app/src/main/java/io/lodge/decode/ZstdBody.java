package io.lodge.decode;

import com.github.luben.zstd.Zstd;
import com.github.luben.zstd.ZstdDecompressCtx;
import com.github.luben.zstd.ZstdException;

/**
 * Decompresses zstd (RFC 8878), any number of frames, in one call: the body itself is the window,
 * so that a frame that asks for a window of gigabytes gets none.
 */
final class ZstdBody {
  /** A guess for frames that do not say how large they are: logs shrink about this much. */
  private static final int RATIO = 8;

  private final int limitBytes;
  private final ZstdDecompressCtx context = new ZstdDecompressCtx();

  ZstdBody(int limitBytes) {
    this.limitBytes = limitBytes;
  }

  void decompress(byte[] bytes, int from, int to, BodyBuffer out)
      throws CorruptBodyException, BodyTooLargeException {
    if (from == to) {
      throw CorruptBodyException.endsEarly();
    }
    int capacity = firstCapacity(bytes, from, to);
    while (true) {
      out.need(capacity);
      try {
        out.advance(context.decompressByteArray(out.array(), 0, capacity, bytes, from, to - from));
        return;
      } catch (ZstdException e) {
        if (e.getErrorCode() != Zstd.errDstSizeTooSmall()) {
          throw new CorruptBodyException(String.valueOf(e.getMessage()));
        }
      }
      if (capacity == limitBytes) {
        throw new BodyTooLargeException(limitBytes);
      }
      capacity = (int) Math.min(4L * capacity, limitBytes);
    }
  }

  /** What the first frame says it holds, if that can be true; else a guess. */
  private int firstCapacity(byte[] bytes, int from, int to) throws BodyTooLargeException {
    long said = Zstd.getFrameContentSize(bytes, from, to - from);
    if (said > limitBytes) {
      throw new BodyTooLargeException(limitBytes);
    }
    long guess = Math.max(4096, (long) RATIO * (to - from));
    return (int) Math.min(limitBytes, said > 0 && said < 64 * guess ? said : guess);
  }
}
