package io.lodge.decode.otlp;

import io.lodge.decode.wire.AttributeSlices;
import io.lodge.decode.wire.SourceContext;
import io.lodge.model.Payload;
import io.lodge.route.when.Attributes;
import io.lodge.route.when.Field;
import io.lodge.route.when.Subject;
import io.lodge.route.when.Text;
import java.nio.charset.StandardCharsets;

/**
 * The present log record, scope and resource, as conditions see them: slices, nothing is copied.
 */
final class LogSubject implements Subject {
  private static final byte[] SIGNAL = "logs".getBytes(StandardCharsets.US_ASCII);
  private static final byte[] HEX = "0123456789abcdef".getBytes(StandardCharsets.US_ASCII);
  private static final int ID_BYTES_MAX = 16;

  private final SourceScratch source;
  private final byte[] idText = new byte[2 * ID_BYTES_MAX];
  private byte[] tenant = {};
  private byte[] body = {};
  private LogFields fields = new LogFields();

  LogSubject(SourceScratch source) {
    this.source = source;
  }

  void payload(Payload payload) {
    tenant = payload.tenant().getBytes(StandardCharsets.UTF_8);
  }

  /** The array that non-negative offsets lie in. */
  void body(byte[] array) {
    body = array;
  }

  void record(LogFields record, byte[] array) {
    fields = record;
    body = array;
  }

  @Override
  public void text(Field field, Text into) {
    SourceFields scope = source.scope;
    AttributeSlices record = fields.attributes;
    switch (field) {
      case SIGNAL -> into.set(SIGNAL, 0, SIGNAL.length);
      case TENANT -> into.set(tenant, 0, tenant.length);
      case SCOPE_NAME -> set(into, scope.attributes, scope.nameAt, scope.nameLength);
      case SCOPE_VERSION -> set(into, scope.attributes, scope.versionAt, scope.versionLength);
      case BODY -> set(into, record, fields.bodyAt, fields.bodyLength);
      case SEVERITY_TEXT -> set(into, record, fields.severityTextAt, fields.severityTextLength);
      case EVENT_NAME -> set(into, record, fields.eventNameAt, fields.eventNameLength);
      case TRACE_ID -> setId(into, fields.traceIdAt, fields.traceIdLength);
      case SPAN_ID -> setId(into, fields.spanIdAt, fields.spanIdLength);
      case SEVERITY_NUMBER, FLAGS ->
          throw new IllegalArgumentException(field + " is a number, not a text");
    }
  }

  @Override
  public long number(Field field) {
    return switch (field) {
      case SEVERITY_NUMBER -> fields.severityNumber;
      case FLAGS -> Integer.toUnsignedLong(fields.flags);
      case SIGNAL,
          TENANT,
          SCOPE_NAME,
          SCOPE_VERSION,
          BODY,
          SEVERITY_TEXT,
          EVENT_NAME,
          TRACE_ID,
          SPAN_ID ->
          throw new IllegalArgumentException(field + " is a text, not a number");
    };
  }

  @Override
  public boolean attribute(Attributes of, byte[] key, Text into) {
    AttributeSlices attributes =
        switch (of) {
          case RESOURCE -> source.resource.attributes;
          case SCOPE -> source.scope.attributes;
          case RECORD -> fields.attributes;
        };
    int found = SourceContext.find(attributes, body, key);
    if (found < 0) {
      return false;
    }
    set(into, attributes, attributes.valueAt(found), attributes.valueLength(found));
    return true;
  }

  private void set(Text into, AttributeSlices slices, int at, int length) {
    into.set(slices.source(body, at), AttributeSlices.index(at), length);
  }

  /** An id of zeros is none. */
  private void setId(Text into, int at, int length) {
    byte[] bytes = fields.attributes.source(body, at);
    int from = AttributeSlices.index(at);
    if (length > ID_BYTES_MAX || SourceRows.isZero(bytes, from, length)) {
      into.setEmpty();
      return;
    }
    for (int i = 0; i < length; i++) {
      idText[2 * i] = HEX[bytes[from + i] >> 4 & 0xF];
      idText[2 * i + 1] = HEX[bytes[from + i] & 0xF];
    }
    into.set(idText, 0, 2 * length);
  }
}
