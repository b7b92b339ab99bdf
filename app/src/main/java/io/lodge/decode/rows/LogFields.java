package io.lodge.decode.rows;

import io.lodge.block.ByteSink;
import io.lodge.decode.wire.AttributeSlices;
import io.lodge.route.Redaction;
import io.lodge.route.when.Field;
import io.lodge.route.when.Text;
import org.jspecify.annotations.Nullable;

/**
 * The fields of one log record as found, before anything is appended: OTLP's, for all others can be
 * said in them.
 */
public final class LogFields extends RuledRecord {
  /** Nanoseconds since 1970; 0 if the record says none. */
  public long timeUnixNanos;

  /** Whether a time of 0 is meant: 1970 itself, which OTLP cannot say. */
  public boolean timeIsEpoch;

  public long observedTimeUnixNanos;
  public int severityNumber;
  public int severityTextAt;
  public int severityTextLength;
  public int bodyAt;
  public int bodyLength;
  public int eventNameAt;
  public int eventNameLength;
  public int traceIdAt;
  public int traceIdLength;
  public int spanIdAt;
  public int spanIdLength;
  public int flags;
  public int droppedAttributes;

  /** Why this record cannot be stored; null if it can. */
  public @Nullable Rejection rejection;

  public LogFields() {
    this(new ByteSink(4096));
  }

  /**
   * @param text where rendered values are put; shared with what else is of the same source
   */
  public LogFields(ByteSink text) {
    super(text, new AttributeSlices(text));
  }

  /** Forgets all, with the text. */
  public void clear() {
    text.clear(1 << 20);
    clearFields();
  }

  /** Forgets all but the text; offsets too, for even an empty slice must lie in its array. */
  public void clearFields() {
    attributes.clear();
    timeUnixNanos = 0;
    timeIsEpoch = false;
    observedTimeUnixNanos = 0;
    severityNumber = 0;
    severityTextAt = 0;
    severityTextLength = 0;
    bodyAt = 0;
    bodyLength = 0;
    eventNameAt = 0;
    eventNameLength = 0;
    traceIdAt = 0;
    traceIdLength = 0;
    spanIdAt = 0;
    spanIdLength = 0;
    flags = 0;
    droppedAttributes = 0;
    rejection = null;
  }

  @Override
  protected void point(Field field, byte[] body, Text into) {
    switch (field) {
      case BODY -> point(into, body, bodyAt, bodyLength);
      case SEVERITY_TEXT -> point(into, body, severityTextAt, severityTextLength);
      case EVENT_NAME -> point(into, body, eventNameAt, eventNameLength);
      case TRACE_ID -> point(into, body, traceIdAt, traceIdLength);
      case SPAN_ID -> point(into, body, spanIdAt, spanIdLength);
      case SIGNAL,
          TENANT,
          SCOPE_NAME,
          SCOPE_VERSION,
          SEVERITY_NUMBER,
          FLAGS,
          PARENT_SPAN_ID,
          NAME,
          KIND,
          STATUS_CODE,
          STATUS_MESSAGE,
          DURATION_NANOS,
          DATASET ->
          throw new IllegalArgumentException(field + " is no text of a log record");
    }
  }

  @Override
  protected long number(Field field) {
    if (field == Field.SEVERITY_NUMBER) {
      return severityNumber;
    }
    if (field == Field.FLAGS) {
      return Integer.toUnsignedLong(flags);
    }
    throw new IllegalArgumentException(field + " is no number of a log record");
  }

  @Override
  protected int redactTexts(Redaction redaction, byte[] body) {
    byte[] to = redacted(redaction, body, bodyAt, bodyLength);
    if (to == null) {
      return 0;
    }
    int growth = Math.max(0, to.length - bodyLength);
    bodyAt = put(to);
    bodyLength = to.length;
    return growth;
  }

  @Override
  protected int redactAttributes(Redaction redaction, byte[] body) {
    int growth = 0;
    for (int i = 0; i < attributes.count(); i++) {
      growth += redactValue(redaction, attributes, i, body);
    }
    return growth;
  }
}
