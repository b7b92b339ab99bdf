package io.lodge.decode.otlp;

import io.lodge.decode.BodyDecoder;
import io.lodge.decode.Decoded;
import io.lodge.decode.Decompressor.Body;
import io.lodge.decode.MalformedPayloadException;
import io.lodge.decode.rows.Rejection;
import io.lodge.decode.wire.JsonReader;
import io.lodge.lane.Lanes;
import io.lodge.model.Payload;
import java.util.List;

/**
 * {@code ExportMetricsServiceRequest} in OTLP's JSON → rows, one per data point.
 *
 * <p>Reused from payload to payload; belongs to one thread.
 */
public final class OtlpJsonMetrics implements BodyDecoder {
  private static final List<String> TEMPORALITIES = List.of("UNSPECIFIED", "DELTA", "CUMULATIVE");

  private final int recordBytesMax;
  private final MetricScratch scratch = new MetricScratch();
  private final MetricFields metric = scratch.metric;
  private final JsonValueReader metadata = new JsonValueReader(metric.text);
  private final JsonSources sources;
  private final JsonPointReader points = new JsonPointReader();

  /**
   * @param recordBytesMax larger data points go to the dead letters
   */
  public OtlpJsonMetrics(int recordBytesMax) {
    this.recordBytesMax = recordBytesMax;
    sources = new JsonSources(JsonSources.Names.METRICS, recordBytesMax, scratch.source);
  }

  @Override
  public void decode(Body body, Payload payload, Lanes lanes, Decoded decoded)
      throws MalformedPayloadException {
    MetricRows rows = new MetricRows(payload, lanes, decoded, scratch);
    points.reset();
    metadata.reset();
    sources.walk(body, rows, in -> metric(in, rows));
  }

  private void metric(JsonReader in, MetricRows rows) throws MalformedPayloadException {
    rows.beginMetric();
    in.enterObject();
    for (String name = in.nextMember(); name != null; name = in.nextMember()) {
      switch (name) {
        case "name" -> metric.name.read(in);
        case "description" -> metric.description.read(in);
        case "unit" -> metric.unit.read(in);
        case "metadata" -> metadata(in, rows);
        case "gauge" -> data(in, rows, MetricKind.GAUGE);
        case "sum" -> data(in, rows, MetricKind.SUM);
        case "histogram" -> data(in, rows, MetricKind.HISTOGRAM);
        case "exponentialHistogram", "exponential_histogram" ->
            data(in, rows, MetricKind.EXPONENTIAL_HISTOGRAM);
        case "summary" -> data(in, rows, MetricKind.SUMMARY);
        default -> in.skip();
      }
    }
    rows.endMetric(in.bytes());
  }

  private void metadata(JsonReader in, MetricRows rows) throws MalformedPayloadException {
    metadata.keyValues(in, metric.metadata);
    if (metadata.takeTooDeep()) {
      if (rows.metricHasPoints()) {
        throw in.malformed("the metadata of a metric, behind its data, is nested too deep");
      }
      metric.rejection = Rejection.tooDeep(AnyValueReader.DEPTH_MAX);
    }
  }

  private void data(JsonReader in, MetricRows rows, MetricKind kind)
      throws MalformedPayloadException {
    if (metric.kind != null && metric.kind != kind) {
      throw in.malformed("a metric has more than one kind of data");
    }
    metric.kind = kind;
    in.enterObject();
    for (String name = in.nextMember(); name != null; name = in.nextMember()) {
      switch (name) {
        case "dataPoints", "data_points" -> {
          in.enterArray();
          while (in.nextElement()) {
            point(in, rows);
          }
        }
        case "aggregationTemporality", "aggregation_temporality" ->
            metric.temporality = JsonEnums.read(in, "AGGREGATION_TEMPORALITY_", TEMPORALITIES);
        case "isMonotonic", "is_monotonic" -> metric.monotonic = in.bool();
        default -> in.skip();
      }
    }
  }

  private void point(JsonReader in, MetricRows rows) throws MalformedPayloadException {
    int from = in.tokenFrom();
    PointFields fields = points.read(in);
    int length = in.tokenTo() - from;
    if (length > recordBytesMax) {
      fields.rejection = Rejection.tooLarge(length, recordBytesMax);
    }
    rows.point(fields, in.bytes(), from, length, in.offsetOf(from));
  }
}
