package io.lodge.decode.otlp;

import io.lodge.block.ByteSink;
import io.lodge.decode.rows.Rejection;
import io.lodge.decode.wire.AttributeSlices;
import org.jspecify.annotations.Nullable;

/**
 * The fields of one data point as found, of any kind: those that its kind does not have stay as
 * they are when cleared. Doubles are bits, so that a NaN keeps its payload.
 */
final class PointFields {
  /** What had to be rendered for this point: numbers, arrays, unescaped JSON. */
  final ByteSink text = new ByteSink(4096);

  final AttributeSlices attributes = new AttributeSlices(text);
  final PointExemplars exemplars = new PointExemplars(text);
  final LongList bucketCounts = new LongList();
  final LongList bounds = new LongList();
  final LongList positive = new LongList();
  final LongList negative = new LongList();

  /** Pairs of a quantile and its value. */
  final LongList quantiles = new LongList();

  long startUnixNanos;
  long timeUnixNanos;
  int flags;

  /** A {@link NumberType}, and the number's bits. */
  int valueType;

  long valueBits;
  long count;
  long sumBits;
  boolean hasSum;
  long minBits;
  boolean hasMin;
  long maxBits;
  boolean hasMax;
  int scale;
  long zeroCount;
  long zeroThresholdBits;
  int positiveOffset;
  int negativeOffset;

  /** Why this point cannot be stored; null if it can. */
  @Nullable Rejection rejection;

  void clear() {
    text.clear(1 << 20);
    attributes.clear();
    exemplars.clear();
    bucketCounts.clear();
    bounds.clear();
    positive.clear();
    negative.clear();
    quantiles.clear();
    startUnixNanos = 0;
    timeUnixNanos = 0;
    flags = 0;
    valueType = NumberType.NONE;
    valueBits = 0;
    count = 0;
    sumBits = 0;
    hasSum = false;
    minBits = 0;
    hasMin = false;
    maxBits = 0;
    hasMax = false;
    scale = 0;
    zeroCount = 0;
    zeroThresholdBits = 0;
    positiveOffset = 0;
    negativeOffset = 0;
    rejection = null;
  }

  void number(int type, long bits) {
    valueType = type;
    valueBits = bits;
  }

  void sum(long bits) {
    sumBits = bits;
    hasSum = true;
  }

  void min(long bits) {
    minBits = bits;
    hasMin = true;
  }

  void max(long bits) {
    maxBits = bits;
    hasMax = true;
  }

  /** How many numbers and exemplars it has: small on the wire, large in columns. */
  int elements() {
    return bucketCounts.count()
        + bounds.count()
        + positive.count()
        + negative.count()
        + quantiles.count();
  }

  boolean tooManyElements() {
    return bucketCounts.tooMany()
        || bounds.tooMany()
        || positive.tooMany()
        || negative.tooMany()
        || quantiles.tooMany();
  }
}
