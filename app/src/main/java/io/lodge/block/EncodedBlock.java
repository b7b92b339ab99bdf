package io.lodge.block;

import java.nio.ByteBuffer;
import java.util.List;

/**
 * One block as it goes over the wire: compressed frames of the Native format.
 *
 * <p>Immutable until {@link #release}; may be read by several threads, and sent again as often as
 * needed.
 */
public final class EncodedBlock {

  /** A pooled array and how much of it is used. */
  record Chunk(byte[] bytes, int length) {}

  private final int rows;
  private final long rawBytes;
  private final long compressedBytes;
  private final List<Chunk> chunks;
  private final ChunkPool pool;

  EncodedBlock(int rows, long rawBytes, List<Chunk> chunks, ChunkPool pool) {
    this.rows = rows;
    this.rawBytes = rawBytes;
    this.chunks = List.copyOf(chunks);
    this.pool = pool;
    this.compressedBytes = chunks.stream().mapToLong(Chunk::length).sum();
  }

  public int rows() {
    return rows;
  }

  /** The size before compression. */
  public long rawBytes() {
    return rawBytes;
  }

  /** The size of the body of the request. */
  public long compressedBytes() {
    return compressedBytes;
  }

  /** The memory the block holds until it is released. */
  public long heldBytes() {
    return chunks.stream().mapToLong(chunk -> chunk.bytes.length).sum();
  }

  /** The body in order. Each call gives fresh views with their own positions. */
  public List<ByteBuffer> body() {
    return chunks.stream().map(chunk -> ByteBuffer.wrap(chunk.bytes, 0, chunk.length)).toList();
  }

  /** What its frames hold, if they are not compressed. */
  byte[] unframed() {
    ByteBuffer plain = ByteBuffer.allocate(Math.toIntExact(rawBytes));
    for (Chunk chunk : chunks) {
      for (int at = 0; at < chunk.length; ) {
        int length = FrameWriter.uncompressedBytes(chunk.bytes, at);
        plain.put(chunk.bytes, at + FrameWriter.FRAME_HEADER_BYTES, length);
        at += FrameWriter.FRAME_HEADER_BYTES + length;
      }
    }
    return plain.array();
  }

  /** Gives the memory back; the block must not be read afterwards. To be called at most once. */
  public void release() {
    for (Chunk chunk : chunks) {
      pool.give(chunk.bytes);
    }
  }
}
