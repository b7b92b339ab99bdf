package io.lodge.decode.otlp;

import io.lodge.decode.wire.AttributeSlices;
import io.lodge.decode.wire.SourceContext;
import io.lodge.route.Action;
import io.lodge.route.Redaction;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What rules do to a record before it is appended. New text lies in {@link LogFields#text}. */
final class RecordChanges {
  private final JsonFields json = new JsonFields();
  private final ClickHouseLine clickHouse = new ClickHouseLine(json);
  private int growthBytes;

  /** The text composed since the last call, beyond what was there before, in bytes. */
  int takeGrowthBytes() {
    int bytes = growthBytes;
    growthBytes = 0;
    return bytes;
  }

  void parseClickHouse(LogFields fields, byte[] body) {
    clickHouse.parse(fields, body);
  }

  void extract(Action.ExtractJson extract, LogFields fields, byte[] body) {
    int before = fields.attributes.count();
    int textBefore = fields.text.length();
    boolean whole = json.read(fields, body);
    growthBytes += fields.text.length() - textBefore;
    if (!whole || extract.body().isEmpty()) {
      return;
    }
    byte[] key = extract.body().getBytes(StandardCharsets.UTF_8);
    int found = SourceContext.find(fields.attributes, body, key);
    if (found >= before) {
      fields.bodyAt = fields.attributes.valueAt(found);
      fields.bodyLength = fields.attributes.valueLength(found);
      fields.attributes.remove(found);
    }
  }

  void rename(Action.Rename rename, LogFields fields, byte[] body) {
    List<Action.Name> names = rename.names();
    AttributeSlices attributes = fields.attributes;
    for (int i = 0; i < names.size(); i++) {
      byte[] newKey = names.get(i).toUtf8();
      int found = SourceContext.find(attributes, body, names.get(i).fromUtf8());
      if (found < 0) {
        continue;
      }
      int inTheWay = SourceContext.find(attributes, body, newKey);
      attributes.setKey(found, put(fields, newKey), newKey.length);
      if (inTheWay >= 0 && inTheWay != found) {
        attributes.remove(inTheWay);
      }
    }
  }

  void redact(Action.Redact redact, LogFields fields, byte[] body) {
    AttributeSlices attributes = fields.attributes;
    if (redact.inBody()) {
      byte[] to = apply(redact.redaction(), attributes, body, fields.bodyAt, fields.bodyLength);
      if (to != null) {
        growthBytes += Math.max(0, to.length - fields.bodyLength);
        fields.bodyAt = put(fields, to);
        fields.bodyLength = to.length;
      }
    }
    for (int i = 0; redact.inAttributes() && i < attributes.count(); i++) {
      int length = attributes.valueLength(i);
      byte[] to = apply(redact.redaction(), attributes, body, attributes.valueAt(i), length);
      if (to != null) {
        growthBytes += Math.max(0, to.length - length);
        attributes.setValue(i, put(fields, to), to.length);
      }
    }
  }

  private static byte @Nullable [] apply(
      Redaction redaction, AttributeSlices slices, byte[] body, int at, int length) {
    return redaction.apply(slices.source(body, at), AttributeSlices.index(at), length);
  }

  /** Adds text, and gives the offset of its slice. */
  private static int put(LogFields fields, byte[] bytes) {
    int from = fields.text.length();
    fields.text.putBytes(bytes, 0, bytes.length);
    return ~from;
  }
}
