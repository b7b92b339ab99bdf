package io.lodge.decode.zipkin;

import io.lodge.block.ByteSink;
import io.lodge.decode.rows.SpanFields;
import io.lodge.decode.wire.AttributeSlices;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * The fields of one span as found, before anything is appended. Every text is a slice that follows
 * {@link AttributeSlices}; what had to be rendered lies in {@link #text}. Reused.
 */
final class ZipkinSpan {
  /** The fields that a row is made of; attributes and text are theirs. */
  final SpanFields fields = new SpanFields();

  final ByteSink text = fields.text;
  final AttributeSlices attributes = fields.attributes;

  /** Annotations: the value as key; times beside it. */
  final AttributeSlices annotations = new AttributeSlices(text);

  private long[] annotationMicros = new long[16];

  /** Lower-case hexadecimal, as sent; empty if absent. */
  String traceId = "";

  String spanId = "";
  String parentId = "";
  Kind kind = Kind.UNSPECIFIED;
  int nameAt;
  int nameLength;
  int serviceAt;
  int serviceLength;
  long micros;
  long durationMicros;

  /** Why it cannot be stored; null if it can. */
  @Nullable String problem;

  /** Zipkin's kinds, with OTLP's numbers. */
  enum Kind {
    UNSPECIFIED(0),
    CLIENT(3),
    SERVER(2),
    PRODUCER(4),
    CONSUMER(5);

    final int number;

    Kind(int number) {
      this.number = number;
    }
  }

  void clear() {
    fields.clear();
    annotations.clear();
    traceId = "";
    spanId = "";
    parentId = "";
    kind = Kind.UNSPECIFIED;
    nameAt = 0;
    nameLength = 0;
    serviceAt = 0;
    serviceLength = 0;
    micros = 0;
    durationMicros = 0;
    problem = null;
  }

  void addAnnotation(long atMicros, int valueAt, int valueLength) {
    if (annotations.count() == annotationMicros.length) {
      annotationMicros = Arrays.copyOf(annotationMicros, annotations.count() * 2);
    }
    annotationMicros[annotations.count()] = atMicros;
    annotations.add(valueAt, valueLength, 0, 0);
  }

  long annotationMicros(int annotation) {
    return annotationMicros[annotation];
  }

  /** Adds an attribute that Zipkin has a field for. */
  void addAttribute(String key, String value) {
    int keyAt = put(key);
    int valueAt = put(value);
    attributes.add(~keyAt, key.length(), ~valueAt, text.length() - valueAt);
  }

  /** Appends the text to what was rendered, and returns where it begins. */
  int put(String value) {
    int at = text.length();
    byte[] bytes = value.getBytes(StandardCharsets.UTF_8);
    text.putBytes(bytes, 0, bytes.length);
    return at;
  }
}
