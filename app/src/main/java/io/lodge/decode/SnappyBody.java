package io.lodge.decode;

import io.lodge.block.LittleEndian;
import java.io.IOException;
import java.util.Arrays;
import java.util.zip.CRC32C;
import org.xerial.snappy.Snappy;

/**
 * Decompresses snappy: the framing format, or one raw block where the stream does not begin with
 * the framing format's identifier.
 *
 * <p>Source: google/snappy, {@code framing_format.txt} and {@code format_description.txt}.
 */
final class SnappyBody {
  private static final byte[] IDENTIFIER = {(byte) 0xFF, 6, 0, 0, 's', 'N', 'a', 'P', 'p', 'Y'};
  private static final int CHUNK_HEADER_BYTES = 4;
  private static final int CHECKSUM_BYTES = 4;
  private static final int CHUNK_BYTES_MAX = 64 << 10;

  private static final int COMPRESSED = 0;
  private static final int UNCOMPRESSED = 1;
  private static final int SKIPPABLE_FROM = 0x80;
  private static final int STREAM_IDENTIFIER = 0xFF;

  private final CRC32C checksum = new CRC32C();

  void decompress(byte[] bytes, int from, int to, BodyBuffer out)
      throws CorruptBodyException, BodyTooLargeException {
    try {
      if (isIdentifier(bytes, from, to)) {
        frames(bytes, from, to, out);
      } else {
        block(bytes, from, to, out);
      }
    } catch (IOException e) {
      throw new CorruptBodyException("no valid block: " + e.getMessage());
    }
  }

  private static boolean isIdentifier(byte[] bytes, int from, int to) {
    int end = Math.min(to, from + IDENTIFIER.length);
    return Arrays.equals(bytes, from, end, IDENTIFIER, 0, IDENTIFIER.length);
  }

  private void frames(byte[] bytes, int from, int to, BodyBuffer out)
      throws CorruptBodyException, BodyTooLargeException, IOException {
    int at = from;
    while (at < to) {
      if (to - at < CHUNK_HEADER_BYTES) {
        throw CorruptBodyException.endsEarly();
      }
      int header = LittleEndian.getInt(bytes, at);
      int type = header & 0xFF;
      int length = header >>> 8;
      int data = at + CHUNK_HEADER_BYTES;
      if (to - data < length) {
        throw CorruptBodyException.endsEarly();
      }
      if (type == COMPRESSED || type == UNCOMPRESSED) {
        chunk(type == COMPRESSED, bytes, data, data + length, out);
      } else if (type < SKIPPABLE_FROM) {
        throw new CorruptBodyException("a chunk has the unknown type " + type);
      } else if (type == STREAM_IDENTIFIER && !isIdentifier(bytes, at, to)) {
        throw new CorruptBodyException("a stream identifier is damaged");
      }
      at = data + length;
    }
  }

  private void chunk(boolean compressed, byte[] bytes, int from, int to, BodyBuffer out)
      throws CorruptBodyException, BodyTooLargeException, IOException {
    if (to - from < CHECKSUM_BYTES) {
      throw CorruptBodyException.endsEarly();
    }
    int begin = out.length();
    int data = from + CHECKSUM_BYTES;
    if (compressed) {
      block(bytes, data, to, out);
    } else {
      out.need(to - data);
      System.arraycopy(bytes, data, out.array(), begin, to - data);
      out.advance(to - data);
    }
    int length = out.length() - begin;
    if (length > CHUNK_BYTES_MAX) {
      throw new CorruptBodyException("a chunk holds %d bytes, over 65536".formatted(length));
    }
    checksum.reset();
    checksum.update(out.array(), begin, length);
    if (LittleEndian.getInt(bytes, from) != mask((int) checksum.getValue())) {
      throw new CorruptBodyException("the checksum of a chunk does not match");
    }
  }

  private static void block(byte[] bytes, int from, int to, BodyBuffer out)
      throws CorruptBodyException, BodyTooLargeException, IOException {
    // It refuses a length that so few bytes cannot make, so that a lie takes no memory.
    int length = Snappy.uncompressedLength(bytes, from, to - from);
    if (length < 0) {
      throw new CorruptBodyException("a block says it holds over 2 GiB");
    }
    out.need(length);
    out.advance(Snappy.uncompress(bytes, from, to - from, out.array(), out.length()));
  }

  /** Masked, so that the checksum of data that holds checksums stays sound. */
  private static int mask(int crc) {
    return Integer.rotateRight(crc, 15) + 0xa282ead8;
  }
}
