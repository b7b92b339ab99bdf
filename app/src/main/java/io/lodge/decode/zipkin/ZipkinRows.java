package io.lodge.decode.zipkin;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;

import io.lodge.block.LowCardinalityColumn;
import io.lodge.block.StringColumn;
import io.lodge.decode.DeadLetters;
import io.lodge.decode.DeadLetters.Raw;
import io.lodge.decode.Decoded;
import io.lodge.decode.RequestLimit;
import io.lodge.decode.Times;
import io.lodge.decode.wire.AttributeSlices;
import io.lodge.decode.wire.AttributeWriter;
import io.lodge.decode.wire.SourceContext;
import io.lodge.lane.Lanes;
import io.lodge.lane.SourceColumns;
import io.lodge.lane.TracesLane;
import io.lodge.model.Payload;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Appends spans: what the protobuf and the JSON reader share. One per payload. */
final class ZipkinRows {
  private static final long NANOS_PER_MICRO = 1000;
  private static final int TRACE_ID_DIGITS = 32;
  private static final int SPAN_ID_DIGITS = 16;
  private static final byte[] SERVICE_NAME = "service.name".getBytes(US_ASCII);
  private static final byte[] ERROR = "error".getBytes(US_ASCII);
  private static final byte[] UNSET_STATUS = "Unset".getBytes(US_ASCII);
  private static final byte[] ERROR_STATUS = "Error".getBytes(US_ASCII);
  private static final byte[] TRUE = "true".getBytes(US_ASCII);

  private final Payload payload;
  private final Decoded decoded;
  private final TracesLane spans;
  private final DeadLetters letters;
  private final AttributeWriter attributes;
  private final int recordBytesMax;
  private final RequestLimit limit = new RequestLimit();

  ZipkinRows(
      Payload payload,
      Lanes lanes,
      Decoded decoded,
      AttributeWriter attributes,
      int recordBytesMax) {
    this.payload = payload;
    this.decoded = decoded;
    this.attributes = attributes;
    this.recordBytesMax = recordBytesMax;
    spans = lanes.traces();
    letters = new DeadLetters(payload, lanes, decoded);
  }

  /** Counts a span before anything is kept of it. */
  void countSpan() {
    limit.countRecord();
  }

  void span(ZipkinSpan span, byte[] body, Raw raw) {
    limit.countCells(span.attributes.count() + (long) span.annotations.count());
    String problem = problem(span);
    if (raw.length() > recordBytesMax) {
      letters.add(
          "record_too_large",
          "span of %d bytes is over receive.max_record, %d bytes"
              .formatted(raw.length(), recordBytesMax),
          1,
          raw);
    } else if (problem != null) {
      letters.add("invalid_span", problem, 1, raw);
    } else {
      append(span, body);
      decoded.countStored(1);
    }
  }

  private static @Nullable String problem(ZipkinSpan span) {
    if (span.problem != null) {
      return span.problem;
    }
    if (!isId(span.traceId, TRACE_ID_DIGITS) || isZero(span.traceId)) {
      return "invalid span: traceId is not 1 to 32 lower-hex characters, or zero";
    }
    if (!isId(span.spanId, SPAN_ID_DIGITS) || isZero(span.spanId)) {
      return "invalid span: id is not 1 to 16 lower-hex characters, or zero";
    }
    return span.parentId.isEmpty() || isId(span.parentId, SPAN_ID_DIGITS)
        ? null
        : "invalid span: parentId is not 1 to 16 lower-hex characters";
  }

  private static boolean isId(String id, int digitsMax) {
    return !id.isEmpty()
        && id.length() <= digitsMax
        && id.chars().allMatch(digit -> Character.digit(digit, 16) >= 0 && digit < 0x80);
  }

  private static boolean isZero(String id) {
    return id.chars().allMatch(digit -> digit == '0');
  }

  private void append(ZipkinSpan span, byte[] body) {
    long received = payload.receivedUnixNanos();
    spans.timestamp.putLong(span.micros == 0 ? received : nanos(span.micros));
    spans.duration.putLong(Math.clamp(span.durationMicros, 0, Long.MAX_VALUE / 1000) * 1000);
    id(spans.traceId, span.traceId, TRACE_ID_DIGITS);
    id(spans.spanId, span.spanId, SPAN_ID_DIGITS);
    // A parent of zeros is none.
    id(spans.parentSpanId, isZero(span.parentId) ? "" : span.parentId, SPAN_ID_DIGITS);
    spans.traceState.putEmpty();
    spans.flags.putInt(0);
    byte[] name = span.attributes.source(body, span.nameAt);
    spans.spanName.put(name, AttributeSlices.index(span.nameAt), span.nameLength);
    byte[] kind = span.kind.label();
    spans.spanKind.put(kind, 0, kind.length);
    status(span, body);
    attributes.putRow(spans.spanAttributes, span.attributes, body);
    spans.spanDropped.putInt(0);
    events(span, body);
    source(span, body, received);
  }

  private long nanos(long micros) {
    boolean fits = micros >= 0 && micros <= Times.MAX_UNIX_NANOS / NANOS_PER_MICRO;
    return Times.clampNanos(
        fits ? micros * NANOS_PER_MICRO : micros < 0 ? -1 : Long.MAX_VALUE, decoded);
  }

  /** Zeros on the left, where Zipkin leaves them out. */
  private static void id(StringColumn column, String id, int digits) {
    if (id.isEmpty()) {
      column.putEmpty();
      return;
    }
    byte[] padded = new byte[digits];
    Arrays.fill(padded, (byte) '0');
    int from = digits - id.length();
    for (int i = 0; i < id.length(); i++) {
      padded[from + i] = (byte) Character.toLowerCase(id.charAt(i));
    }
    column.put(padded, 0, digits);
  }

  /** Zipkin's convention: a tag {@code error}, whatever its value, which is the message. */
  private void status(ZipkinSpan span, byte[] body) {
    int error = SourceContext.find(span.attributes, body, ERROR);
    byte[] code = error < 0 ? UNSET_STATUS : ERROR_STATUS;
    spans.statusCode.put(code, 0, code.length);
    if (error < 0) {
      spans.statusMessage.putEmpty();
      return;
    }
    int at = span.attributes.valueAt(error);
    byte[] source = span.attributes.source(body, at);
    int index = AttributeSlices.index(at);
    int length = span.attributes.valueLength(error);
    if (Arrays.equals(source, index, index + length, TRUE, 0, TRUE.length)) {
      spans.statusMessage.putEmpty();
    } else {
      spans.statusMessage.put(source, index, length);
    }
  }

  private void events(ZipkinSpan span, byte[] body) {
    for (int i = 0; i < span.annotations.count(); i++) {
      spans.eventTimestamps.values().putLong(nanos(span.annotationMicros(i)));
      int at = span.annotations.keyAt(i);
      byte[] source = span.annotations.source(body, at);
      spans
          .eventNames
          .values()
          .put(source, AttributeSlices.index(at), span.annotations.keyLength(i));
      spans.eventAttributes.values().endRow();
      spans.eventDropped.values().putInt(0);
    }
    spans.endEventsAndLinks();
    spans.droppedEvents.putInt(0);
    spans.droppedLinks.putInt(0);
  }

  private void source(ZipkinSpan span, byte[] body, long received) {
    SourceColumns source = spans.source;
    byte[] service = span.attributes.source(body, span.serviceAt);
    int index = AttributeSlices.index(span.serviceAt);
    source.serviceName().put(service, index, span.serviceLength);
    if (span.serviceLength > 0) {
      source.resourceAttributes().keys().put(SERVICE_NAME, 0, SERVICE_NAME.length);
      source.resourceAttributes().values().put(service, index, span.serviceLength);
    }
    source.resourceAttributes().endRow();
    source.scopeAttributes().endRow();
    for (LowCardinalityColumn column :
        List.of(
            source.resourceSchemaUrl(),
            source.scopeSchemaUrl(),
            source.scopeName(),
            source.scopeVersion())) {
      column.putKey(0, 1);
    }
    source.resourceDropped().putInt(0);
    source.scopeDropped().putInt(0);
    byte[] tenant = payload.tenant().getBytes(UTF_8);
    source.tenant().put(tenant, 0, tenant.length);
    source.receivedAt().putLong(received);
  }
}
