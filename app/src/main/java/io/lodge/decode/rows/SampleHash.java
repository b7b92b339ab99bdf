package io.lodge.decode.rows;

import io.lodge.block.LittleEndian;
import io.lodge.route.when.Text;

/**
 * Which records a sample keeps: by the trace, so that all records of a trace stay or go together
 * and a stronger sample is a part of a weaker one; without a trace by the record as received, its
 * place in the body and the time of receipt: lines that repeat must not share one fate. A pure
 * function: a replay keeps the same ones. Part of the decoder's revision.
 */
final class SampleHash {
  private static final long SEED = 0x9E37_79B9_7F4A_7C15L;

  private SampleHash() {}

  /**
   * @param traceId the bytes of the record's trace id, if it has one
   */
  static long of(
      Text traceId, byte[] body, int rawFrom, int rawLength, int rawOffset, long receivedNanos) {
    byte[] id = traceId.bytes();
    if (traceId.length() == 2 * Long.BYTES
        && !SourceRows.isZero(id, traceId.from(), traceId.length())) {
      return hash(id, traceId.from(), traceId.length(), SEED);
    }
    return hash(body, rawFrom, rawLength, mix(SEED + receivedNanos) + rawOffset);
  }

  /** Whether a record with this hash is among the one in so many that stay. */
  static boolean keeps(long hash, int oneIn) {
    return Long.compareUnsigned(hash, Long.divideUnsigned(-1L, oneIn)) <= 0;
  }

  private static long hash(byte[] bytes, int from, int length, long seed) {
    long hash = seed;
    int at = from;
    for (; at <= from + length - Long.BYTES; at += Long.BYTES) {
      hash = mix(hash ^ LittleEndian.getLong(bytes, at));
    }
    for (; at < from + length; at++) {
      hash = mix(hash ^ bytes[at]);
    }
    return mix(hash ^ length);
  }

  /** The finalizer of SplitMix64. */
  private static long mix(long value) {
    long bits = (value ^ (value >>> 30)) * 0xBF58_476D_1CE4_E5B9L;
    bits = (bits ^ (bits >>> 27)) * 0x94D0_49BB_1331_11EBL;
    return bits ^ (bits >>> 31);
  }
}
