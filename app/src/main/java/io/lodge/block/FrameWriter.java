package io.lodge.block;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * Writes a stream of bytes as ClickHouse's compressed frames: checksum (16 bytes, CityHash128 of
 * the rest), method (1), size with this header (4), size uncompressed (4), data.
 *
 * <p>Long runs are compressed where they lie; short pieces are gathered in a staging buffer first.
 */
public final class FrameWriter {
  /** Uncompressed bytes per frame: fits the second-level cache together with its output. */
  static final int FRAME_BYTES = 256 << 10;

  private static final int CHECKSUM_BYTES = 16;
  private static final int HEADER_BYTES = 9;

  /** What a frame has before its data. */
  static final int FRAME_HEADER_BYTES = CHECKSUM_BYTES + HEADER_BYTES;

  private final Compression compression;
  private final ChunkPool pool;
  private final CityHash128 checksum = new CityHash128();
  private final byte[] staging = new byte[FRAME_BYTES];
  private int staged;

  private final List<EncodedBlock.Chunk> full = new ArrayList<>();
  private byte[] chunk;
  private int used;
  private long rawBytes;

  FrameWriter(Compression compression, ChunkPool pool) {
    this.compression = compression;
    this.pool = pool;
    this.chunk = pool.take();
  }

  void write(byte[] source, int offset, int length) {
    int at = offset;
    int end = offset + length;
    while (at < end) {
      if (staged == 0 && end - at >= FRAME_BYTES) {
        writeFrame(source, at, FRAME_BYTES);
        at += FRAME_BYTES;
        continue;
      }
      int piece = Math.min(end - at, FRAME_BYTES - staged);
      System.arraycopy(source, at, staging, staged, piece);
      staged += piece;
      at += piece;
      flushIfFull();
    }
  }

  void writeByte(int value) {
    staging[staged++] = (byte) value;
    flushIfFull();
  }

  void writeLong(long value) {
    for (int shift = 0; shift < Long.SIZE; shift += Byte.SIZE) {
      writeByte((int) (value >>> shift));
    }
  }

  void writeVarint(int value) {
    int rest = value;
    while ((rest & ~0x7F) != 0) {
      writeByte(rest | 0x80);
      rest >>>= 7;
    }
    writeByte(rest);
  }

  void writeString(String text) {
    byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
    writeVarint(utf8.length);
    write(utf8, 0, utf8.length);
  }

  /** Writes the lowest byte of each int. */
  void writeLowBytes(int[] values, int count) {
    int at = 0;
    while (at < count) {
      int piece = Math.min(count - at, FRAME_BYTES - staged);
      for (int i = 0; i < piece; i++) {
        staging[staged + i] = (byte) values[at + i];
      }
      staged += piece;
      at += piece;
      flushIfFull();
    }
  }

  /** Writes the lower two bytes of each int. */
  void writeLowShorts(int[] values, int count) {
    int at = 0;
    while (at < count) {
      int piece = Math.min(count - at, (FRAME_BYTES - staged) / Short.BYTES);
      for (int i = 0; i < piece; i++) {
        int to = staged + i * Short.BYTES;
        staging[to] = (byte) values[at + i];
        staging[to + 1] = (byte) (values[at + i] >>> 8);
      }
      staged += piece * Short.BYTES;
      at += piece;
      flushIfShort(Short.BYTES);
    }
  }

  void writeInts(int[] values, int count) {
    int at = 0;
    while (at < count) {
      int piece = Math.min(count - at, (FRAME_BYTES - staged) / Integer.BYTES);
      for (int i = 0; i < piece; i++) {
        LittleEndian.putInt(staging, staged + i * Integer.BYTES, values[at + i]);
      }
      staged += piece * Integer.BYTES;
      at += piece;
      flushIfShort(Integer.BYTES);
    }
  }

  /** Ends the stream. The writer must not be used again. */
  EncodedBlock finish(int rows) {
    flush();
    closeChunk();
    return new EncodedBlock(rows, rawBytes, full, pool);
  }

  private void flushIfFull() {
    flushIfShort(1);
  }

  /** Flushes when fewer than {@code neededBytes} are left in the staging buffer. */
  private void flushIfShort(int neededBytes) {
    if (FRAME_BYTES - staged < neededBytes) {
      flush();
    }
  }

  private void flush() {
    if (staged > 0) {
      writeFrame(staging, 0, staged);
      staged = 0;
    }
  }

  private void writeFrame(byte[] source, int offset, int length) {
    if (chunk.length - used < FRAME_HEADER_BYTES + compression.bound(length)) {
      closeChunk();
      chunk = pool.take();
    }
    int frame = used + CHECKSUM_BYTES;
    int compressed = compression.compress(source, offset, length, chunk, frame + HEADER_BYTES);
    chunk[frame] = compression.method();
    LittleEndian.putInt(chunk, frame + 1, compressed + HEADER_BYTES);
    LittleEndian.putInt(chunk, frame + 5, length);
    checksum.hash(chunk, frame, compressed + HEADER_BYTES);
    LittleEndian.putLong(chunk, used, checksum.low());
    LittleEndian.putLong(chunk, used + Long.BYTES, checksum.high());
    used = frame + HEADER_BYTES + compressed;
    rawBytes += length;
  }

  /** How many bytes the frame that begins at {@code frame} holds, uncompressed. */
  static int uncompressedBytes(byte[] bytes, int frame) {
    return LittleEndian.getInt(bytes, frame + CHECKSUM_BYTES + 5);
  }

  private void closeChunk() {
    if (used > 0) {
      full.add(new EncodedBlock.Chunk(chunk, used));
    } else {
      pool.give(chunk);
    }
    used = 0;
  }
}
