package io.lodge.decode.otlp;

import io.lodge.decode.MalformedPayloadException;
import io.lodge.decode.rows.Rejection;
import io.lodge.decode.rows.Slice;
import io.lodge.decode.wire.JsonReader;

/**
 * Reads one data point, of any kind, from JSON: no name means one thing in one kind and something
 * else in another.
 */
final class JsonPointReader {
  private final PointFields fields = new PointFields();
  private final JsonValueReader values = new JsonValueReader(fields.text);

  /** Of the present exemplar. */
  private final Slice traceId = new Slice(fields.text);

  private final Slice spanId = new Slice(fields.text);

  /** Forgets what a payload that was refused has left. */
  void reset() {
    values.reset();
  }

  /** Reads the point that begins here. The result is valid until the next call. */
  PointFields read(JsonReader in) throws MalformedPayloadException {
    fields.clear();
    in.enterObject();
    for (String name = in.nextMember(); name != null; name = in.nextMember()) {
      field(in, name);
    }
    if (values.takeTooDeep()) {
      fields.rejection = Rejection.tooDeep(AnyValueReader.DEPTH_MAX);
    }
    return fields;
  }

  private void field(JsonReader in, String name) throws MalformedPayloadException {
    switch (name) {
      case "attributes" -> values.keyValues(in, fields.attributes);
      case "startTimeUnixNano", "start_time_unix_nano" -> fields.startUnixNanos = in.uint64();
      case "timeUnixNano", "time_unix_nano" -> fields.timeUnixNanos = in.uint64();
      case "flags" -> fields.flags = in.uint32();
      case "asDouble", "as_double" -> fields.number(NumberType.DOUBLE, doubleBits(in));
      case "asInt", "as_int" -> fields.number(NumberType.INT, in.int64());
      case "count" -> fields.count = in.uint64();
      case "sum" -> fields.sum(doubleBits(in));
      case "min" -> fields.min(doubleBits(in));
      case "max" -> fields.max(doubleBits(in));
      case "bucketCounts", "bucket_counts" -> counts(in, fields.bucketCounts);
      case "explicitBounds", "explicit_bounds" -> bounds(in);
      case "scale" -> fields.scale = int32(in);
      case "zeroCount", "zero_count" -> fields.zeroCount = in.uint64();
      case "zeroThreshold", "zero_threshold" -> fields.zeroThresholdBits = doubleBits(in);
      case "positive" -> fields.positiveOffset = buckets(in, fields.positive);
      case "negative" -> fields.negativeOffset = buckets(in, fields.negative);
      case "quantileValues", "quantile_values" -> {
        in.enterArray();
        while (in.nextElement()) {
          quantile(in);
        }
      }
      case "exemplars" -> {
        in.enterArray();
        while (in.nextElement()) {
          exemplar(in);
        }
      }
      default -> in.skip();
    }
  }

  private static long doubleBits(JsonReader in) throws MalformedPayloadException {
    return Double.doubleToRawLongBits(in.float64());
  }

  private static int int32(JsonReader in) throws MalformedPayloadException {
    long value = in.int64();
    if (value != (int) value) {
      throw in.unexpected("a whole number of 32 bits");
    }
    return (int) value;
  }

  private static void counts(JsonReader in, LongList counts) throws MalformedPayloadException {
    in.enterArray();
    while (in.nextElement()) {
      counts.add(in.uint64());
    }
  }

  private void bounds(JsonReader in) throws MalformedPayloadException {
    in.enterArray();
    while (in.nextElement()) {
      fields.bounds.add(doubleBits(in));
    }
  }

  private static int buckets(JsonReader in, LongList counts) throws MalformedPayloadException {
    int offset = 0;
    in.enterObject();
    for (String name = in.nextMember(); name != null; name = in.nextMember()) {
      switch (name) {
        case "offset" -> offset = int32(in);
        case "bucketCounts", "bucket_counts" -> counts(in, counts);
        default -> in.skip();
      }
    }
    return offset;
  }

  private void quantile(JsonReader in) throws MalformedPayloadException {
    long quantile = 0;
    long value = 0;
    in.enterObject();
    for (String name = in.nextMember(); name != null; name = in.nextMember()) {
      switch (name) {
        case "quantile" -> quantile = doubleBits(in);
        case "value" -> value = doubleBits(in);
        default -> in.skip();
      }
    }
    fields.quantiles.add(quantile);
    fields.quantiles.add(value);
  }

  private void exemplar(JsonReader in) throws MalformedPayloadException {
    long timeUnixNanos = 0;
    int type = NumberType.NONE;
    long bits = 0;
    traceId.clear();
    spanId.clear();
    in.enterObject();
    for (String name = in.nextMember(); name != null; name = in.nextMember()) {
      switch (name) {
        case "filteredAttributes", "filtered_attributes" ->
            values.keyValues(in, fields.exemplars.attributes);
        case "timeUnixNano", "time_unix_nano" -> timeUnixNanos = in.uint64();
        case "asDouble", "as_double" -> {
          type = NumberType.DOUBLE;
          bits = doubleBits(in);
        }
        case "asInt", "as_int" -> {
          type = NumberType.INT;
          bits = in.int64();
        }
        case "traceId", "trace_id" -> hex(in, traceId);
        case "spanId", "span_id" -> hex(in, spanId);
        default -> in.skip();
      }
    }
    fields.exemplars.add(timeUnixNanos, type, bits, traceId, spanId);
  }

  private void hex(JsonReader in, Slice id) throws MalformedPayloadException {
    if (!id.readHex(in)) {
      fields.rejection = Rejection.exemplar();
    }
  }
}
