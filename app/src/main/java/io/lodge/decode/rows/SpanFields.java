package io.lodge.decode.rows;

import io.lodge.block.ByteSink;
import io.lodge.decode.wire.AttributeSlices;
import io.lodge.route.Redaction;
import io.lodge.route.when.Field;
import io.lodge.route.when.Text;
import org.jspecify.annotations.Nullable;

/** The fields of one span as found, before anything is appended. */
public final class SpanFields extends RuledRecord {
  public final SpanEvents events;
  public final SpanLinks links;
  public final Slice traceId;
  public final Slice spanId;
  public final Slice parentSpanId;
  public final Slice traceState;
  public final Slice name;
  public final Slice statusMessage;

  public long startUnixNanos;
  public long endUnixNanos;
  public int kind;
  public int statusCode;
  public int flags;
  public int droppedAttributes;
  public int droppedEvents;
  public int droppedLinks;

  /** Why this span cannot be stored; null if it can. */
  public @Nullable Rejection rejection;

  public SpanFields() {
    this(new ByteSink(4096));
  }

  private SpanFields(ByteSink text) {
    super(text, new AttributeSlices(text));
    events = new SpanEvents(text);
    links = new SpanLinks(text);
    traceId = new Slice(text);
    spanId = new Slice(text);
    parentSpanId = new Slice(text);
    traceState = new Slice(text);
    name = new Slice(text);
    statusMessage = new Slice(text);
  }

  public void clear() {
    text.clear(1 << 20);
    attributes.clear();
    events.clear();
    links.clear();
    traceId.clear();
    spanId.clear();
    parentSpanId.clear();
    traceState.clear();
    name.clear();
    statusMessage.clear();
    startUnixNanos = 0;
    endUnixNanos = 0;
    kind = 0;
    statusCode = 0;
    flags = 0;
    droppedAttributes = 0;
    droppedEvents = 0;
    droppedLinks = 0;
    rejection = null;
  }

  /** How long it took: 0 where a time is missing, or where it ends before it begins. */
  long durationNanos() {
    boolean ended = startUnixNanos != 0 && endUnixNanos != 0;
    return ended && !endsBeforeItBegins() ? endUnixNanos - startUnixNanos : 0;
  }

  /** Whether a clock was set meanwhile. */
  boolean endsBeforeItBegins() {
    return startUnixNanos != 0
        && endUnixNanos != 0
        && Long.compareUnsigned(endUnixNanos, startUnixNanos) < 0;
  }

  @Override
  protected void point(Field field, byte[] body, Text into) {
    switch (field) {
      case TRACE_ID -> traceId.point(into, body);
      case SPAN_ID -> spanId.point(into, body);
      case PARENT_SPAN_ID -> parentSpanId.point(into, body);
      case NAME -> name.point(into, body);
      case STATUS_MESSAGE -> statusMessage.point(into, body);
      case KIND -> word(into, SpanWords.kind(kind));
      case STATUS_CODE -> word(into, SpanWords.status(statusCode));
      case SIGNAL,
          TENANT,
          SCOPE_NAME,
          SCOPE_VERSION,
          BODY,
          SEVERITY_TEXT,
          SEVERITY_NUMBER,
          EVENT_NAME,
          FLAGS,
          DURATION_NANOS,
          DATASET ->
          throw new IllegalArgumentException(field + " is no text of a span");
    }
  }

  private static void word(Text into, byte[] word) {
    into.set(word, 0, word.length);
  }

  @Override
  protected long number(Field field) {
    if (field == Field.FLAGS) {
      return Integer.toUnsignedLong(flags);
    }
    if (field == Field.DURATION_NANOS) {
      return durationNanos();
    }
    throw new IllegalArgumentException(field + " is no number of a span");
  }

  @Override
  protected int redactTexts(Redaction redaction, byte[] body) {
    return redact(redaction, name, body) + redact(redaction, statusMessage, body);
  }

  private int redact(Redaction redaction, Slice slice, byte[] body) {
    byte[] to = redacted(redaction, body, slice.at, slice.length);
    if (to == null) {
      return 0;
    }
    int growth = Math.max(0, to.length - slice.length);
    slice.set(put(to), to.length);
    return growth;
  }

  /** Of its events and links, too: an exception's message is an attribute of an event. */
  @Override
  protected int redactAttributes(Redaction redaction, byte[] body) {
    return redactAll(redaction, attributes, body)
        + redactAll(redaction, events.attributes, body)
        + redactAll(redaction, links.attributes, body);
  }

  private int redactAll(Redaction redaction, AttributeSlices of, byte[] body) {
    int growth = 0;
    for (int i = 0; i < of.count(); i++) {
      growth += redactValue(redaction, of, i, body);
    }
    return growth;
  }
}
