package io.lodge.decode.rows;

import io.lodge.decode.wire.AttributeSlices;
import io.lodge.decode.wire.SourceContext;
import io.lodge.model.Payload;
import io.lodge.route.when.Attributes;
import io.lodge.route.when.Field;
import io.lodge.route.when.Signal;
import io.lodge.route.when.Subject;
import io.lodge.route.when.Text;
import java.nio.charset.StandardCharsets;

/** The present record, scope and resource, as conditions see them: slices, nothing is copied. */
final class RecordSubject implements Subject {
  private static final byte[] HEX = "0123456789abcdef".getBytes(StandardCharsets.US_ASCII);
  private static final int ID_BYTES_MAX = 16;

  private final byte[] signal;
  private final SourceScratch source;

  /** An array for each id: a condition may compare two. */
  private final byte[] traceText = new byte[2 * ID_BYTES_MAX];

  private final byte[] spanText = new byte[2 * ID_BYTES_MAX];
  private final byte[] parentText = new byte[2 * ID_BYTES_MAX];
  private byte[] tenant = {};
  private byte[] body = {};
  private RuledRecord record = new LogFields();

  RecordSubject(Signal signal, SourceScratch source) {
    this.signal = signal.word().getBytes(StandardCharsets.US_ASCII);
    this.source = source;
  }

  void payload(Payload payload) {
    tenant = payload.tenant().getBytes(StandardCharsets.UTF_8);
  }

  /** The present payload's tenant; not to be changed. */
  byte[] tenant() {
    return tenant;
  }

  /** The array that non-negative offsets lie in. */
  void body(byte[] array) {
    body = array;
  }

  void record(RuledRecord present, byte[] array) {
    record = present;
    body = array;
  }

  @Override
  public void text(Field field, Text into) {
    SourceFields scope = source.scope;
    switch (field) {
      case SIGNAL -> into.set(signal, 0, signal.length);
      case TENANT -> into.set(tenant, 0, tenant.length);
      case SCOPE_NAME -> set(into, scope.attributes, scope.nameAt, scope.nameLength);
      case SCOPE_VERSION -> set(into, scope.attributes, scope.versionAt, scope.versionLength);
      case TRACE_ID -> id(field, into, traceText);
      case SPAN_ID -> id(field, into, spanText);
      case PARENT_SPAN_ID -> id(field, into, parentText);
      case BODY,
          SEVERITY_TEXT,
          SEVERITY_NUMBER,
          EVENT_NAME,
          FLAGS,
          NAME,
          KIND,
          STATUS_CODE,
          STATUS_MESSAGE,
          DURATION_NANOS,
          DATASET ->
          record.point(field, body, into);
    }
  }

  /** The bytes of the record's trace id. */
  void traceId(Text into) {
    record.point(Field.TRACE_ID, body, into);
  }

  @Override
  public long number(Field field) {
    return record.number(field);
  }

  @Override
  public boolean attribute(Attributes of, byte[] key, Text into) {
    AttributeSlices attributes =
        switch (of) {
          case RESOURCE -> source.resource.attributes;
          case SCOPE -> source.scope.attributes;
          case RECORD -> record.attributes;
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

  /** Points to an id's digits. One of zeros is none. */
  private void id(Field field, Text id, byte[] digits) {
    record.point(field, body, id);
    byte[] bytes = id.bytes();
    int from = id.from();
    int length = id.length();
    if (length > ID_BYTES_MAX || SourceRows.isZero(bytes, from, length)) {
      id.setEmpty();
      return;
    }
    for (int i = 0; i < length; i++) {
      digits[2 * i] = HEX[bytes[from + i] >> 4 & 0xF];
      digits[2 * i + 1] = HEX[bytes[from + i] & 0xF];
    }
    id.set(digits, 0, 2 * length);
  }
}
