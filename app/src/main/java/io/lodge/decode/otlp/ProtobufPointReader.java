package io.lodge.decode.otlp;

import static java.util.Objects.requireNonNull;

import io.lodge.decode.MalformedPayloadException;
import io.lodge.decode.rows.Rejection;
import io.lodge.decode.wire.WireReader;
import org.jspecify.annotations.Nullable;

/** Reads one data point, of any kind, from the wire. */
final class ProtobufPointReader {
  private static final int VARINT = 0;
  private static final int FIXED64 = 1;
  private static final int BYTES = 2;

  /** Fields that all kinds have under the same number. */
  private static final int START = 2 << 3 | FIXED64;

  private static final int TIME = 3 << 3 | FIXED64;
  private static final int COUNT = 4 << 3 | FIXED64;
  private static final int SUM = 5 << 3 | FIXED64;

  private final WireReader in;
  private final PointFields fields = new PointFields();
  private final AnyValueReader values;
  private final ProtobufExemplarReader exemplars;

  ProtobufPointReader(WireReader in) {
    this.in = in;
    values = new AnyValueReader(in, fields.text);
    exemplars = new ProtobufExemplarReader(in, values, fields);
  }

  /** Forgets what a payload that was refused has left. */
  void reset() {
    values.reset();
  }

  /** Reads the point in the reader's window. The result is valid until the next call. */
  PointFields read(@Nullable MetricKind kind) throws MalformedPayloadException {
    fields.clear();
    switch (requireNonNull(kind)) {
      case GAUGE, SUM -> {
        while (in.hasMore()) {
          numberField(in.tag());
        }
      }
      case HISTOGRAM -> {
        while (in.hasMore()) {
          histogramField(in.tag());
        }
      }
      case EXPONENTIAL_HISTOGRAM -> {
        while (in.hasMore()) {
          exponentialField(in.tag());
        }
      }
      case SUMMARY -> {
        while (in.hasMore()) {
          summaryField(in.tag());
        }
      }
    }
    if (values.takeTooDeep()) {
      fields.rejection = Rejection.tooDeep(AnyValueReader.DEPTH_MAX);
    }
    return fields;
  }

  private void numberField(int tag) throws MalformedPayloadException {
    switch (tag) {
      case START -> fields.startUnixNanos = in.fixed64();
      case TIME -> fields.timeUnixNanos = in.fixed64();
      case 4 << 3 | FIXED64 -> fields.number(NumberType.DOUBLE, in.fixed64());
      case 5 << 3 | BYTES -> exemplars.read();
      case 6 << 3 | FIXED64 -> fields.number(NumberType.INT, in.fixed64());
      case 7 << 3 | BYTES -> attribute();
      case 8 << 3 | VARINT -> fields.flags = (int) in.varint();
      default -> in.skip(tag);
    }
  }

  private void histogramField(int tag) throws MalformedPayloadException {
    switch (tag) {
      case START -> fields.startUnixNanos = in.fixed64();
      case TIME -> fields.timeUnixNanos = in.fixed64();
      case COUNT -> fields.count = in.fixed64();
      case SUM -> fields.sum(in.fixed64());
      case 6 << 3 | BYTES -> packedFixed(fields.bucketCounts);
      case 6 << 3 | FIXED64 -> fields.bucketCounts.add(in.fixed64());
      case 7 << 3 | BYTES -> packedFixed(fields.bounds);
      case 7 << 3 | FIXED64 -> fields.bounds.add(in.fixed64());
      case 8 << 3 | BYTES -> exemplars.read();
      case 9 << 3 | BYTES -> attribute();
      case 10 << 3 | VARINT -> fields.flags = (int) in.varint();
      case 11 << 3 | FIXED64 -> fields.min(in.fixed64());
      case 12 << 3 | FIXED64 -> fields.max(in.fixed64());
      default -> in.skip(tag);
    }
  }

  private void exponentialField(int tag) throws MalformedPayloadException {
    switch (tag) {
      case 1 << 3 | BYTES -> attribute();
      case START -> fields.startUnixNanos = in.fixed64();
      case TIME -> fields.timeUnixNanos = in.fixed64();
      case COUNT -> fields.count = in.fixed64();
      case SUM -> fields.sum(in.fixed64());
      case 6 << 3 | VARINT -> fields.scale = zigzag();
      case 7 << 3 | FIXED64 -> fields.zeroCount = in.fixed64();
      case 8 << 3 | BYTES ->
          fields.positiveOffset = buckets(fields.positive, fields.positiveOffset);
      case 9 << 3 | BYTES ->
          fields.negativeOffset = buckets(fields.negative, fields.negativeOffset);
      case 10 << 3 | VARINT -> fields.flags = (int) in.varint();
      case 11 << 3 | BYTES -> exemplars.read();
      case 12 << 3 | FIXED64 -> fields.min(in.fixed64());
      case 13 << 3 | FIXED64 -> fields.max(in.fixed64());
      case 14 << 3 | FIXED64 -> fields.zeroThresholdBits = in.fixed64();
      default -> in.skip(tag);
    }
  }

  private void summaryField(int tag) throws MalformedPayloadException {
    switch (tag) {
      case START -> fields.startUnixNanos = in.fixed64();
      case TIME -> fields.timeUnixNanos = in.fixed64();
      case COUNT -> fields.count = in.fixed64();
      case SUM -> fields.sum(in.fixed64());
      case 6 << 3 | BYTES -> quantile();
      case 7 << 3 | BYTES -> attribute();
      case 8 << 3 | VARINT -> fields.flags = (int) in.varint();
      default -> in.skip(tag);
    }
  }

  private void attribute() throws MalformedPayloadException {
    int length = in.length();
    values.keyValue(in.at() + length, fields.attributes);
  }

  private int zigzag() throws MalformedPayloadException {
    int value = (int) in.varint();
    return value >>> 1 ^ -(value & 1);
  }

  private void packedFixed(LongList numbers) throws MalformedPayloadException {
    int length = in.length();
    int outer = in.end();
    int to = in.at() + length;
    in.window(in.at(), to);
    while (in.hasMore()) {
      numbers.add(in.fixed64());
    }
    in.window(to, outer);
  }

  /** Reads {@code Buckets}; returns its offset, which stays as it was if there is none. */
  private int buckets(LongList counts, int offsetBefore) throws MalformedPayloadException {
    int length = in.length();
    int outer = in.end();
    int to = in.at() + length;
    in.window(in.at(), to);
    int offset = offsetBefore;
    while (in.hasMore()) {
      int tag = in.tag();
      switch (tag) {
        case 1 << 3 | VARINT -> offset = zigzag();
        case 2 << 3 | VARINT -> counts.add(in.varint());
        case 2 << 3 | BYTES -> packedVarints(counts);
        default -> in.skip(tag);
      }
    }
    in.window(to, outer);
    return offset;
  }

  private void packedVarints(LongList numbers) throws MalformedPayloadException {
    int length = in.length();
    int outer = in.end();
    int to = in.at() + length;
    in.window(in.at(), to);
    while (in.hasMore()) {
      numbers.add(in.varint());
    }
    in.window(to, outer);
  }

  private void quantile() throws MalformedPayloadException {
    int length = in.length();
    int outer = in.end();
    int to = in.at() + length;
    in.window(in.at(), to);
    long quantile = 0;
    long value = 0;
    while (in.hasMore()) {
      int tag = in.tag();
      switch (tag) {
        case 1 << 3 | FIXED64 -> quantile = in.fixed64();
        case 2 << 3 | FIXED64 -> value = in.fixed64();
        default -> in.skip(tag);
      }
    }
    fields.quantiles.add(quantile);
    fields.quantiles.add(value);
    in.window(to, outer);
  }
}
