package io.lodge.decode.prometheus;

import io.lodge.block.ArrayColumn;
import io.lodge.block.FixedColumn;
import io.lodge.decode.MalformedPayloadException;
import io.lodge.decode.RequestLimit;
import io.lodge.decode.wire.WireReader;
import io.lodge.lane.NativeHistogramsLane;
import org.jspecify.annotations.Nullable;

/**
 * Reads the {@code Histogram} message, which both versions share, and holds its fields until it is
 * known to be good. Reused; belongs to one thread.
 */
final class HistogramFields {
  private static final int COUNT_INT = 1 << 3;
  private static final int COUNT_FLOAT = 2 << 3 | 1;
  private static final int SUM = 3 << 3 | 1;
  private static final int SCHEMA = 4 << 3;
  private static final int ZERO_THRESHOLD = 5 << 3 | 1;
  private static final int ZERO_COUNT_INT = 6 << 3;
  private static final int ZERO_COUNT_FLOAT = 7 << 3 | 1;
  private static final int NEGATIVE_SPANS = 8 << 3 | 2;
  private static final int NEGATIVE_DELTAS = 9;
  private static final int NEGATIVE_COUNTS = 10;
  private static final int POSITIVE_SPANS = 11 << 3 | 2;
  private static final int POSITIVE_DELTAS = 12;
  private static final int POSITIVE_COUNTS = 13;
  private static final int RESET_HINT = 14 << 3;
  private static final int TIMESTAMP = 15 << 3;
  private static final int CUSTOM_VALUES = 16;
  private static final int START_TIMESTAMP = 17 << 3;

  private final WireReader in;

  long unixMillis;
  long startUnixMillis;
  private boolean isFloat;
  private long countInt;
  private long countFloat;
  private long sum;
  private int schema;
  private long zeroThreshold;
  private long zeroCountInt;
  private long zeroCountFloat;
  private int resetHint;
  private final Side negative = new Side();
  private final Side positive = new Side();
  private final Longs customValues = new Longs();

  HistogramFields(WireReader in) {
    this.in = in;
  }

  /** One side of zero; floating point numbers as their bits. */
  private static final class Side {
    private final Longs offsets = new Longs();
    private final Longs lengths = new Longs();
    private final Longs deltas = new Longs();
    private final Longs counts = new Longs();

    void clear() {
      offsets.clear();
      lengths.clear();
      deltas.clear();
      counts.clear();
    }

    int elements() {
      return offsets.size() * 2 + deltas.size() + counts.size();
    }

    boolean isWhole(boolean isFloat) {
      long buckets = 0;
      for (int i = 0; i < lengths.size(); i++) {
        buckets += lengths.get(i);
      }
      return buckets == (isFloat ? counts : deltas).size()
          && (isFloat ? deltas : counts).size() == 0;
    }

    void putTo(NativeHistogramsLane.Buckets columns) {
      putInts(offsets, columns.spanOffsets);
      putInts(lengths, columns.spanLengths);
      putLongs(deltas, columns.deltas);
      putLongs(counts, columns.counts);
      columns.endRow();
    }
  }

  /** Reads the message that ends at {@code to}. */
  void read(int to, RequestLimit limit) throws MalformedPayloadException {
    clear();
    int outer = in.end();
    in.window(in.at(), to);
    while (in.hasMore()) {
      field(in.tag());
    }
    in.window(to, outer);
    limit.countCells(negative.elements() + positive.elements() + (long) customValues.size());
  }

  /** Why it cannot be understood; null if it can. */
  @Nullable String problem() {
    return negative.isWhole(isFloat) && positive.isWhole(isFloat)
        ? null
        : "invalid histogram: its spans and its buckets do not match";
  }

  void putTo(NativeHistogramsLane columns) {
    columns.isFloat.putByte(isFloat ? 1 : 0);
    columns.countInt.putLong(countInt);
    columns.countFloat.putLong(countFloat);
    columns.sum.putLong(sum);
    columns.schema.putInt(schema);
    columns.zeroThreshold.putLong(zeroThreshold);
    columns.zeroCountInt.putLong(zeroCountInt);
    columns.zeroCountFloat.putLong(zeroCountFloat);
    negative.putTo(columns.negative);
    positive.putTo(columns.positive);
    columns.resetHint.putByte(resetHint);
    putLongs(customValues, columns.customValues);
    columns.customValues.endRow();
  }

  private static void putInts(Longs from, ArrayColumn<FixedColumn> to) {
    for (int i = 0; i < from.size(); i++) {
      to.values().putInt((int) from.get(i));
    }
  }

  private static void putLongs(Longs from, ArrayColumn<FixedColumn> to) {
    for (int i = 0; i < from.size(); i++) {
      to.values().putLong(from.get(i));
    }
  }

  private void clear() {
    unixMillis = 0;
    startUnixMillis = 0;
    isFloat = false;
    countInt = 0;
    countFloat = 0;
    sum = 0;
    schema = 0;
    zeroThreshold = 0;
    zeroCountInt = 0;
    zeroCountFloat = 0;
    resetHint = 0;
    negative.clear();
    positive.clear();
    customValues.clear();
  }

  private void field(int tag) throws MalformedPayloadException {
    switch (tag) {
      case COUNT_INT -> countInt = in.varint();
      case COUNT_FLOAT -> {
        countFloat = in.fixed64();
        isFloat = true;
      }
      case SUM -> sum = in.fixed64();
      case SCHEMA -> schema = (int) zigzag(in.varint());
      case ZERO_THRESHOLD -> zeroThreshold = in.fixed64();
      case ZERO_COUNT_INT -> zeroCountInt = in.varint();
      case ZERO_COUNT_FLOAT -> zeroCountFloat = in.fixed64();
      case NEGATIVE_SPANS -> span(negative);
      case POSITIVE_SPANS -> span(positive);
      case RESET_HINT -> resetHint = (int) in.varint();
      case TIMESTAMP -> unixMillis = in.varint();
      case START_TIMESTAMP -> startUnixMillis = in.varint();
      default -> repeated(tag);
    }
  }

  private void repeated(int tag) throws MalformedPayloadException {
    switch (tag >>> 3) {
      case NEGATIVE_DELTAS -> deltas(tag, negative.deltas);
      case POSITIVE_DELTAS -> deltas(tag, positive.deltas);
      case NEGATIVE_COUNTS -> doubles(tag, negative.counts);
      case POSITIVE_COUNTS -> doubles(tag, positive.counts);
      case CUSTOM_VALUES -> doubles(tag, customValues);
      default -> in.skip(tag);
    }
  }

  /** Packed or one by one, as any protobuf reader takes them. */
  private void deltas(int tag, Longs into) throws MalformedPayloadException {
    switch (tag & 7) {
      case 0 -> into.add(zigzag(in.varint()));
      case 2 -> {
        int length = in.length();
        int to = in.at() + length;
        int outer = in.end();
        in.window(in.at(), to);
        while (in.hasMore()) {
          into.add(zigzag(in.varint()));
        }
        in.window(to, outer);
      }
      default -> in.skip(tag);
    }
  }

  private void doubles(int tag, Longs into) throws MalformedPayloadException {
    switch (tag & 7) {
      case 1 -> into.add(in.fixed64());
      case 2 -> {
        int length = in.length();
        int to = in.at() + length;
        int outer = in.end();
        in.window(in.at(), to);
        while (in.hasMore()) {
          into.add(in.fixed64());
        }
        in.window(to, outer);
      }
      default -> in.skip(tag);
    }
  }

  private void span(Side side) throws MalformedPayloadException {
    int length = in.length();
    int to = in.at() + length;
    int outer = in.end();
    in.window(in.at(), to);
    long offset = 0;
    long buckets = 0;
    while (in.hasMore()) {
      int tag = in.tag();
      switch (tag) {
        case 1 << 3 -> offset = zigzag(in.varint());
        case 2 << 3 -> buckets = in.varint() & 0xFFFFFFFFL;
        default -> in.skip(tag);
      }
    }
    in.window(to, outer);
    side.offsets.add(offset);
    side.lengths.add(buckets);
  }

  private static long zigzag(long encoded) {
    return encoded >>> 1 ^ -(encoded & 1);
  }
}
