package io.lodge.decode;

import java.util.Optional;

/**
 * What decides, beside the bytes, which rows a payload becomes. A segment carries it, so that it is
 * decoded under the limits it was accepted under, also after the configuration changed.
 *
 * @param decompressedMebibytes the most a body may have when decompressed; 1 to 1023
 * @param recordKibibytes larger records go to the dead letters; 1 to 262143
 */
public record DecoderLimits(int decompressedMebibytes, int recordKibibytes) {
  /**
   * Rises, to at most 15, whenever a change of code makes the same bytes give other rows: a segment
   * of another revision may have been sent in part, with blocks that this build would cut
   * otherwise.
   */
  private static final int REVISION = 2;

  private static final int RECORD_BITS = 18;
  private static final int DECOMPRESSED_BITS = 10;
  private static final int RECORD_MAX = (1 << RECORD_BITS) - 1;
  private static final int DECOMPRESSED_MAX = (1 << DECOMPRESSED_BITS) - 1;

  /** Limits in bytes, rounded up to whole mebibytes and kibibytes. */
  public static DecoderLimits ofBytes(long decompressedBytesMax, long recordBytesMax) {
    return new DecoderLimits(
        Math.clamp((decompressedBytesMax + (1 << 20) - 1) >> 20, 1, DECOMPRESSED_MAX),
        Math.clamp((recordBytesMax + (1 << 10) - 1) >> 10, 1, RECORD_MAX));
  }

  /** Revision (4 bits), mebibytes (10) and kibibytes (18) as the number in a segment's header. */
  public int stamp() {
    return REVISION << (DECOMPRESSED_BITS + RECORD_BITS)
        | decompressedMebibytes << RECORD_BITS
        | recordKibibytes;
  }

  /** The limits of a segment; empty if another revision of the decoder wrote it. */
  public static Optional<DecoderLimits> ofStamp(int stamp) {
    if (stamp >>> (DECOMPRESSED_BITS + RECORD_BITS) != REVISION) {
      return Optional.empty();
    }
    return Optional.of(
        new DecoderLimits(stamp >>> RECORD_BITS & DECOMPRESSED_MAX, stamp & RECORD_MAX));
  }

  /** The limits of a segment, whatever revision of the decoder wrote it. */
  public static DecoderLimits ofAnyStamp(int stamp) {
    return new DecoderLimits(stamp >>> RECORD_BITS & DECOMPRESSED_MAX, stamp & RECORD_MAX);
  }

  int decompressedBytesMax() {
    return decompressedMebibytes << 20;
  }

  int recordBytesMax() {
    return recordKibibytes << 10;
  }
}
