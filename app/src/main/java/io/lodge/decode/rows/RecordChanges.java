package io.lodge.decode.rows;

import io.lodge.decode.wire.AttributeSlices;
import io.lodge.decode.wire.SourceContext;
import io.lodge.route.Action;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** What rules do to a record before it is appended. New text lies in {@link RuledRecord#text}. */
final class RecordChanges {
  private final BodyJson json = new BodyJson();
  private final ClickHouseLine clickHouse = new ClickHouseLine(json);
  private int growthBytes;

  /** The text composed since the last call, beyond what was there before, in bytes. */
  int takeGrowthBytes() {
    int bytes = growthBytes;
    growthBytes = 0;
    return bytes;
  }

  /** Only log records have a body: rules for others cannot ask for this. */
  void parseClickHouse(RuledRecord record, byte[] body) {
    if (record instanceof LogFields fields) {
      clickHouse.parse(fields, body);
    }
  }

  /** As {@link #parseClickHouse}, of log records alone. */
  void extract(Action.ExtractJson extract, RuledRecord record, byte[] body) {
    if (record instanceof LogFields fields) {
      extract(extract, fields, body);
    }
  }

  private void extract(Action.ExtractJson extract, LogFields fields, byte[] body) {
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

  void rename(Action.Rename rename, RuledRecord record, byte[] body) {
    List<Action.Name> names = rename.names();
    AttributeSlices attributes = record.attributes;
    for (int i = 0; i < names.size(); i++) {
      byte[] newKey = names.get(i).toUtf8();
      int found = SourceContext.find(attributes, body, names.get(i).fromUtf8());
      if (found < 0) {
        continue;
      }
      int inTheWay = SourceContext.find(attributes, body, newKey);
      attributes.setKey(found, record.put(newKey), newKey.length);
      if (inTheWay >= 0 && inTheWay != found) {
        attributes.remove(inTheWay);
      }
    }
  }

  void redact(Action.Redact redact, RuledRecord record, byte[] body) {
    if (redact.inBody()) {
      growthBytes += record.redactTexts(redact.redaction(), body);
    }
    if (redact.inAttributes()) {
      growthBytes += record.redactAttributes(redact.redaction(), body);
    }
  }
}
