package io.lodge.decode;

import io.lodge.block.LittleEndian;
import java.util.zip.CRC32;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;

/**
 * Decompresses gzip (RFC 1952), any number of members, and zlib (RFC 1950).
 *
 * <p>Stricter than the JDK's stream, which takes whatever follows the first member for the end:
 * bytes that cannot be read may be records, and must not vanish from an accepted body.
 */
final class InflateBody {
  private static final int HEADER_BYTES = 10;
  private static final int TRAILER_BYTES = 8;
  private static final int METHOD_DEFLATE = 8;
  private static final int HAS_HEADER_CHECKSUM = 1 << 1;
  private static final int HAS_EXTRA = 1 << 2;
  private static final int HAS_NAME = 1 << 3;
  private static final int HAS_COMMENT = 1 << 4;
  private static final int RESERVED = 0xE0;

  private final Inflater raw = new Inflater(true);
  private final Inflater zlib = new Inflater();
  private final CRC32 checksum = new CRC32();

  void gzip(byte[] bytes, int from, int to, BodyBuffer out)
      throws CorruptBodyException, BodyTooLargeException {
    int at = from;
    do {
      at = member(bytes, at, to, out);
    } while (at < to);
  }

  void zlib(byte[] bytes, int from, int to, BodyBuffer out)
      throws CorruptBodyException, BodyTooLargeException {
    if (inflate(zlib, bytes, from, to, out) != to) {
      throw new CorruptBodyException("bytes follow the end of the stream");
    }
  }

  /** Returns where the member ends. */
  private int member(byte[] bytes, int from, int to, BodyBuffer out)
      throws CorruptBodyException, BodyTooLargeException {
    int begin = out.length();
    int trailer = inflate(raw, bytes, afterHeader(bytes, from, to), to, out);
    checkFits(trailer, TRAILER_BYTES, to);
    checksum.reset();
    checksum.update(out.array(), begin, out.length() - begin);
    if (LittleEndian.getInt(bytes, trailer) != (int) checksum.getValue()) {
      throw new CorruptBodyException("the checksum does not match");
    }
    if (LittleEndian.getInt(bytes, trailer + Integer.BYTES) != out.length() - begin) {
      throw new CorruptBodyException("the length does not match");
    }
    return trailer + TRAILER_BYTES;
  }

  private static int afterHeader(byte[] bytes, int from, int to) throws CorruptBodyException {
    checkFits(from, HEADER_BYTES, to);
    boolean magic = bytes[from] == 0x1F && bytes[from + 1] == (byte) 0x8B;
    int flags = bytes[from + 3];
    if (!magic || bytes[from + 2] != METHOD_DEFLATE || (flags & RESERVED) != 0) {
      throw new CorruptBodyException("no gzip header where a member should begin");
    }
    int at = from + HEADER_BYTES;
    if ((flags & HAS_EXTRA) != 0) {
      checkFits(at, Short.BYTES, to);
      int length = (bytes[at] & 0xFF) | (bytes[at + 1] & 0xFF) << 8;
      checkFits(at, Short.BYTES + length, to);
      at += Short.BYTES + length;
    }
    if ((flags & HAS_NAME) != 0) {
      at = afterZero(bytes, at, to);
    }
    if ((flags & HAS_COMMENT) != 0) {
      at = afterZero(bytes, at, to);
    }
    if ((flags & HAS_HEADER_CHECKSUM) != 0) {
      checkFits(at, Short.BYTES, to);
      at += Short.BYTES;
    }
    return at;
  }

  private static int afterZero(byte[] bytes, int from, int to) throws CorruptBodyException {
    int at = from;
    while (true) {
      checkFits(at, 1, to);
      if (bytes[at++] == 0) {
        return at;
      }
    }
  }

  /** Inflates one deflate stream and returns where it ends. */
  private static int inflate(Inflater inflater, byte[] bytes, int from, int to, BodyBuffer out)
      throws CorruptBodyException, BodyTooLargeException {
    inflater.reset();
    inflater.setInput(bytes, from, to - from);
    try {
      while (true) {
        out.grow();
        out.advance(inflater.inflate(out.array(), out.length(), out.room()));
        if (inflater.finished()) {
          return to - inflater.getRemaining();
        }
        if (inflater.needsDictionary()) {
          throw new CorruptBodyException("it needs a preset dictionary");
        }
        if (inflater.needsInput() && out.room() > 0) {
          throw CorruptBodyException.endsEarly();
        }
      }
    } catch (DataFormatException e) {
      throw new CorruptBodyException(String.valueOf(e.getMessage()));
    }
  }

  private static void checkFits(int at, int count, int to) throws CorruptBodyException {
    if (to - at < count) {
      throw CorruptBodyException.endsEarly();
    }
  }
}
