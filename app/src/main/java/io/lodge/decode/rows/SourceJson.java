package io.lodge.decode.rows;

import io.lodge.block.ByteSink;
import io.lodge.block.LowCardinalityColumn;
import io.lodge.decode.wire.AttributeSlices;
import io.lodge.decode.wire.JsonText;

/**
 * A resource or a scope as JSON, for the dead letters of its records: what their rows would have
 * said of it, so that a record which is sent again has its source again.
 *
 * <pre>{"name":…,"version":…,"schemaUrl":…,"attributes":{…},"dropped":…}</pre>
 *
 * Values are text, as in the columns; what is empty is left out.
 */
public final class SourceJson {
  /**
   * A larger one is not kept, and its records cannot be sent again: a source that is repeated with
   * each of its records must not become gigabytes where it is read.
   */
  public static final int BYTES_MAX = 64 << 10;

  private SourceJson() {}

  /** Appends it {@code times} times; an empty value if the source could not be read whole. */
  static void put(LowCardinalityColumn column, SourceFields source, byte[] body, int times) {
    if (source.rejection != null) {
      column.putKey(0, times);
      return;
    }
    ByteSink json = new ByteSink(1024);
    json.putByte('{');
    putText(json, "name", source, body, source.nameAt, source.nameLength);
    putText(json, "version", source, body, source.versionAt, source.versionLength);
    putText(json, "schemaUrl", source, body, source.schemaUrlAt, source.schemaUrlLength);
    putAttributes(json, "attributes", source.attributes, body);
    if (source.droppedAttributes != 0) {
      putName(json, "dropped");
      JsonText.putLong(json, Integer.toUnsignedLong(source.droppedAttributes));
    }
    json.putByte('}');
    putKept(column, json, times);
  }

  /** Appends the JSON, or an empty value if it is larger than a dead letter keeps. */
  public static void putKept(LowCardinalityColumn column, ByteSink json, int times) {
    boolean kept = json.length() <= BYTES_MAX;
    column.putKey(kept ? column.keyOf(json.array(), 0, json.length()) : 0, times);
  }

  /** Appends a member that is an object of text; nothing if there are no attributes. */
  public static void putAttributes(
      ByteSink json, String name, AttributeSlices attributes, byte[] body) {
    if (attributes.count() == 0) {
      return;
    }
    putName(json, name);
    for (int i = 0; i < attributes.count(); i++) {
      json.putByte(i == 0 ? '{' : ',');
      int key = attributes.keyAt(i);
      JsonText.putQuoted(
          json, attributes.source(body, key), AttributeSlices.index(key), attributes.keyLength(i));
      json.putByte(':');
      int value = attributes.valueAt(i);
      JsonText.putQuoted(
          json,
          attributes.source(body, value),
          AttributeSlices.index(value),
          attributes.valueLength(i));
    }
    json.putByte('}');
  }

  /** Appends the name of a member, and a comma before it unless it is the first. */
  public static void putName(ByteSink json, String name) {
    if (json.length() > 1) {
      json.putByte(',');
    }
    JsonText.putAscii(json, "\"" + name + "\":");
  }

  private static void putText(
      ByteSink json, String name, SourceFields source, byte[] body, int at, int length) {
    if (length > 0) {
      putName(json, name);
      JsonText.putQuoted(
          json, source.attributes.source(body, at), AttributeSlices.index(at), length);
    }
  }
}
