package io.lodge.decode.otlp;

import io.lodge.decode.MalformedPayloadException;
import io.lodge.decode.rows.Slice;
import io.lodge.decode.wire.WireReader;

/** Reads an {@code Exemplar} of a data point from the wire. */
final class ProtobufExemplarReader {
  private static final int TIME = 2 << 3 | 1;
  private static final int DOUBLE = 3 << 3 | 1;
  private static final int SPAN_ID = 4 << 3 | 2;
  private static final int TRACE_ID = 5 << 3 | 2;
  private static final int INT = 6 << 3 | 1;
  private static final int ATTRIBUTES = 7 << 3 | 2;

  private final WireReader in;
  private final AnyValueReader values;
  private final PointExemplars exemplars;
  private final Slice traceId;
  private final Slice spanId;

  ProtobufExemplarReader(WireReader in, AnyValueReader values, PointFields fields) {
    this.in = in;
    this.values = values;
    exemplars = fields.exemplars;
    traceId = new Slice(fields.text);
    spanId = new Slice(fields.text);
  }

  /** Reads the exemplar whose length comes next, and adds it. */
  void read() throws MalformedPayloadException {
    int length = in.length();
    int outer = in.end();
    int to = in.at() + length;
    in.window(in.at(), to);
    long timeUnixNanos = 0;
    int type = NumberType.NONE;
    long bits = 0;
    traceId.clear();
    spanId.clear();
    while (in.hasMore()) {
      int tag = in.tag();
      switch (tag) {
        case TIME -> timeUnixNanos = in.fixed64();
        case DOUBLE -> {
          type = NumberType.DOUBLE;
          bits = in.fixed64();
        }
        case INT -> {
          type = NumberType.INT;
          bits = in.fixed64();
        }
        case SPAN_ID -> spanId.read(in);
        case TRACE_ID -> traceId.read(in);
        case ATTRIBUTES -> {
          int attribute = in.length();
          values.keyValue(in.at() + attribute, exemplars.attributes);
        }
        default -> in.skip(tag);
      }
    }
    exemplars.add(timeUnixNanos, type, bits, traceId, spanId);
    in.window(to, outer);
  }
}
