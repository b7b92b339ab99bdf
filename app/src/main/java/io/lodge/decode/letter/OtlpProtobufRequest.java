package io.lodge.decode.letter;

import java.nio.charset.StandardCharsets;
import java.util.Map;

/**
 * An OTLP request in protobuf with one record. Requests of logs, traces and metrics have the same
 * field numbers down to the record (opentelemetry-proto, {@code logs.proto} and its sisters).
 */
final class OtlpProtobufRequest {
  private static final int RECORDS = 2;
  private static final int SCHEMA_URL = 3;
  private static final int STRING_VALUE = 1;

  /** Members of {@code Metric} that hold points. */
  private static final Map<String, Integer> DATA_FIELDS =
      Map.of("gauge", 5, "sum", 7, "histogram", 9, "exponentialHistogram", 10, "summary", 11);

  private OtlpProtobufRequest() {}

  /** The request with this record in the letter's scope and resource. */
  static byte[] of(Letter letter, byte[] record) {
    SavedSource resource = SavedSource.parse("resource", letter.resource());
    SavedSource scope = SavedSource.parse("scope", letter.scope());
    ProtobufSink ofScope =
        new ProtobufSink()
            .message(1, scope(scope))
            .bytes(RECORDS, record)
            .text(SCHEMA_URL, scope.text("schemaUrl"));
    ProtobufSink ofResource =
        new ProtobufSink()
            .message(1, resource(resource))
            .message(RECORDS, ofScope)
            .text(SCHEMA_URL, resource.text("schemaUrl"));
    return new ProtobufSink().message(1, ofResource).toByteArray();
  }

  private static ProtobufSink resource(SavedSource saved) {
    ProtobufSink out = new ProtobufSink();
    attributes(out, 1, saved, "attributes");
    return out.number(2, saved.number("dropped"));
  }

  private static ProtobufSink scope(SavedSource saved) {
    ProtobufSink out =
        new ProtobufSink().text(1, saved.text("name")).text(2, saved.text("version"));
    attributes(out, 3, saved, "attributes");
    return out.number(4, saved.number("dropped"));
  }

  private static void attributes(ProtobufSink out, int field, SavedSource saved, String name) {
    for (SavedSource.Pair pair : saved.map(name)) {
      ProtobufSink value =
          new ProtobufSink().bytes(STRING_VALUE, pair.value().getBytes(StandardCharsets.UTF_8));
      out.message(field, new ProtobufSink().text(1, pair.key()).message(2, value));
    }
  }

  /** The letter's metric with this point alone. */
  static byte[] metric(Letter letter) {
    SavedSource metric = SavedSource.parse("metric", letter.parent());
    Integer dataField = DATA_FIELDS.get(metric.text("kind"));
    if (dataField == null) {
      throw new IllegalArgumentException("this build knows no metric of its kind");
    }
    ProtobufSink data =
        new ProtobufSink()
            .bytes(1, letter.record())
            .number(2, metric.number("temporality"))
            .number(3, metric.text("monotonic").equals("true") ? 1 : 0);
    ProtobufSink out =
        new ProtobufSink()
            .text(1, metric.text("name"))
            .text(2, metric.text("description"))
            .text(3, metric.text("unit"))
            .message(dataField, data);
    attributes(out, 12, metric, "metadata");
    return out.toByteArray();
  }
}
