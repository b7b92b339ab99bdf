package io.lodge.decode.otlp;

import io.lodge.block.ByteSink;
import io.lodge.block.LowCardinalityColumn;
import io.lodge.decode.rows.Slice;
import io.lodge.decode.rows.SourceJson;
import io.lodge.decode.wire.JsonText;

/**
 * A metric without its points as JSON, for those of them that are dead letters: the members of
 * OTLP's JSON, with the data's own beside them.
 *
 * <pre>{"kind":"sum","name":…,"description":…,"unit":…,"temporality":2,"monotonic":true}</pre>
 */
final class MetricJson {
  private MetricJson() {}

  /** Appends it {@code times} times; an empty value if the metric could not be read whole. */
  static void put(LowCardinalityColumn column, MetricFields metric, byte[] body, int times) {
    MetricKind kind = metric.kind;
    if (kind == null || metric.rejection != null) {
      column.putKey(0, times);
      return;
    }
    ByteSink json = new ByteSink(512);
    JsonText.putAscii(json, "{\"kind\":\"" + kind.member() + "\"");
    put(json, "name", metric.name, body);
    put(json, "description", metric.description, body);
    put(json, "unit", metric.unit, body);
    if (metric.temporality != 0) {
      SourceJson.putName(json, "temporality");
      JsonText.putLong(json, metric.temporality);
    }
    if (metric.monotonic) {
      SourceJson.putName(json, "monotonic");
      JsonText.putBoolean(json, true);
    }
    SourceJson.putAttributes(json, "metadata", metric.metadata, body);
    json.putByte('}');
    SourceJson.putKept(column, json, times);
  }

  private static void put(ByteSink json, String name, Slice text, byte[] body) {
    if (text.length > 0) {
      SourceJson.putName(json, name);
      JsonText.putQuoted(json, text.source(body), text.from(), text.length);
    }
  }
}
