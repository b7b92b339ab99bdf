package io.lodge.decode.otlp;

import io.lodge.decode.BodyDecoder;
import io.lodge.decode.Decoded;
import io.lodge.decode.Decompressor.Body;
import io.lodge.decode.MalformedPayloadException;
import io.lodge.decode.rows.Rejection;
import io.lodge.decode.wire.WireReader;
import io.lodge.lane.Lanes;
import io.lodge.model.Payload;

/**
 * {@code ExportMetricsServiceRequest} in protobuf → rows, one per data point.
 *
 * <p>Reused from payload to payload; belongs to one thread.
 */
public final class OtlpProtobufMetrics implements BodyDecoder {
  private static final int NAME = 1 << 3 | 2;
  private static final int DESCRIPTION = 2 << 3 | 2;
  private static final int UNIT = 3 << 3 | 2;
  private static final int GAUGE = 5 << 3 | 2;
  private static final int SUM = 7 << 3 | 2;
  private static final int HISTOGRAM = 9 << 3 | 2;
  private static final int EXPONENTIAL_HISTOGRAM = 10 << 3 | 2;
  private static final int SUMMARY = 11 << 3 | 2;
  private static final int METADATA = 12 << 3 | 2;

  private static final int DATA_POINTS = 1 << 3 | 2;
  private static final int TEMPORALITY = 2 << 3;
  private static final int MONOTONIC = 3 << 3;

  private final int recordBytesMax;
  private final WireReader in = new WireReader();
  private final ProtobufPointReader points = new ProtobufPointReader(in);
  private final MetricScratch scratch = new MetricScratch();
  private final MetricFields metric = scratch.metric;
  private final AnyValueReader metadata = new AnyValueReader(in, metric.text);
  private final ProtobufSources sources = new ProtobufSources(in, scratch.source);

  /**
   * @param recordBytesMax larger data points go to the dead letters
   */
  public OtlpProtobufMetrics(int recordBytesMax) {
    this.recordBytesMax = recordBytesMax;
  }

  @Override
  public void decode(Body body, Payload payload, Lanes lanes, Decoded decoded)
      throws MalformedPayloadException {
    MetricRows rows = new MetricRows(payload, lanes, decoded, scratch);
    points.reset();
    metadata.reset();
    sources.walk(body, rows, to -> metric(rows, to));
  }

  /** Twice over its fields: what holds for all its points may come behind them. */
  private void metric(MetricRows rows, int to) throws MalformedPayloadException {
    int outer = in.end();
    int from = in.at();
    rows.beginMetric();
    in.window(from, to);
    while (in.hasMore()) {
      field(in.tag());
    }
    if (metadata.takeTooDeep()) {
      metric.rejection = Rejection.tooDeep(AnyValueReader.DEPTH_MAX);
    }
    in.window(from, to);
    while (in.hasMore()) {
      int tag = in.tag();
      switch (tag) {
        case GAUGE, SUM, HISTOGRAM, EXPONENTIAL_HISTOGRAM, SUMMARY -> data(rows, in.length());
        default -> in.skip(tag);
      }
    }
    rows.endMetric(in.bytes());
    in.window(to, outer);
  }

  private void field(int tag) throws MalformedPayloadException {
    switch (tag) {
      case NAME -> metric.name.read(in);
      case DESCRIPTION -> metric.description.read(in);
      case UNIT -> metric.unit.read(in);
      case METADATA -> {
        int length = in.length();
        metadata.keyValue(in.at() + length, metric.metadata);
      }
      case GAUGE -> kind(MetricKind.GAUGE);
      case SUM -> kind(MetricKind.SUM);
      case HISTOGRAM -> kind(MetricKind.HISTOGRAM);
      case EXPONENTIAL_HISTOGRAM -> kind(MetricKind.EXPONENTIAL_HISTOGRAM);
      case SUMMARY -> kind(MetricKind.SUMMARY);
      default -> in.skip(tag);
    }
  }

  /** No serializer writes two; protobuf would forget the first, with its points. */
  private void kind(MetricKind kind) throws MalformedPayloadException {
    if (metric.kind != null && metric.kind != kind) {
      throw in.malformed("a metric has more than one kind of data");
    }
    metric.kind = kind;
    in.skip(DATA_POINTS);
  }

  /** All kinds of data have the same field numbers, as far as they have these fields. */
  private void data(MetricRows rows, int length) throws MalformedPayloadException {
    int outer = in.end();
    int to = in.at() + length;
    in.window(in.at(), to);
    while (in.hasMore()) {
      int tag = in.tag();
      switch (tag) {
        case DATA_POINTS -> point(rows, in.length());
        case TEMPORALITY -> metric.temporality = (int) in.varint();
        case MONOTONIC -> metric.monotonic = in.varint() != 0;
        default -> in.skip(tag);
      }
    }
    in.window(to, outer);
  }

  private void point(MetricRows rows, int length) throws MalformedPayloadException {
    int outer = in.end();
    int from = in.at();
    in.window(from, from + length);
    PointFields fields = points.read(metric.kind);
    if (length > recordBytesMax) {
      fields.rejection = Rejection.tooLarge(length, recordBytesMax);
    }
    rows.point(fields, in.bytes(), from, length, in.offsetOf(from));
    in.window(from + length, outer);
  }
}
