package io.lodge.decode.zipkin;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.lodge.decode.DeadLetters;
import io.lodge.decode.DeadLetters.Raw;
import io.lodge.decode.Decoded;
import io.lodge.decode.RequestLimit;
import io.lodge.decode.Times;
import io.lodge.decode.rows.Slice;
import io.lodge.decode.rows.SourceFields;
import io.lodge.decode.rows.SpanFields;
import io.lodge.decode.rows.SpanRows;
import io.lodge.decode.rows.SpanScratch;
import io.lodge.decode.wire.AttributeSlices;
import io.lodge.decode.wire.SourceContext;
import io.lodge.lane.Lanes;
import io.lodge.model.Payload;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Appends spans: what the protobuf and the JSON reader share. Spans of one service that follow each
 * other share a resource. One per payload.
 */
final class ZipkinRows {
  private static final long NANOS_PER_MICRO = 1000;
  private static final int TRACE_ID_DIGITS = 32;
  private static final int SPAN_ID_DIGITS = 16;
  private static final int ERROR_STATUS = 2;
  private static final byte[] SERVICE_NAME = "service.name".getBytes(US_ASCII);
  private static final byte[] ERROR = "error".getBytes(US_ASCII);
  private static final byte[] TRUE = "true".getBytes(US_ASCII);

  private final Payload payload;
  private final Decoded decoded;
  private final SourceFields resource;
  private final SpanRows rows;
  private final DeadLetters letters;
  private final int recordBytesMax;
  private final RequestLimit limit = new RequestLimit();

  /** Whether there is a resource; where its service lies in the resource's text. */
  private boolean open;

  private int serviceFrom;
  private int serviceLength;

  ZipkinRows(
      Payload payload, Lanes lanes, Decoded decoded, SpanScratch scratch, int recordBytesMax) {
    this.payload = payload;
    this.decoded = decoded;
    this.recordBytesMax = recordBytesMax;
    resource = scratch.source.resource;
    rows = new SpanRows(payload, lanes, decoded, scratch);
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
      service(span, body);
      fields(span, body);
      rows.span(span.fields, body, raw.from(), raw.length(), raw.bodyOffset());
    }
  }

  /** Ends what the last span belongs to. */
  void end(byte[] body) {
    if (open) {
      open = false;
      rows.endScope(body);
      rows.endResource(body);
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

  /** Begins another resource unless the span is of the last one's service. */
  private void service(ZipkinSpan span, byte[] body) {
    byte[] source = span.attributes.source(body, span.serviceAt);
    int from = AttributeSlices.index(span.serviceAt);
    int length = span.serviceLength;
    byte[] last = resource.text.array();
    if (open
        && Arrays.equals(
            source, from, from + length, last, serviceFrom, serviceFrom + serviceLength)) {
      return;
    }
    end(body);
    open = true;
    rows.beginResource();
    rows.beginScope();
    int keyAt = resource.text.length();
    resource.text.putBytes(SERVICE_NAME, 0, SERVICE_NAME.length);
    serviceFrom = resource.text.length();
    serviceLength = length;
    resource.text.putBytes(source, from, length);
    if (length > 0) {
      resource.attributes.add(~keyAt, SERVICE_NAME.length, ~serviceFrom, length);
    }
  }

  /** What Zipkin says in OTLP's words; the attributes are there already. */
  private void fields(ZipkinSpan span, byte[] body) {
    SpanFields fields = span.fields;
    long start = nanos(span.micros);
    fields.startUnixNanos = start == 0 ? payload.receivedUnixNanos() : start;
    fields.endUnixNanos =
        fields.startUnixNanos
            + Math.clamp(span.durationMicros, 0, Long.MAX_VALUE / NANOS_PER_MICRO)
                * NANOS_PER_MICRO;
    id(fields, fields.traceId, span.traceId, TRACE_ID_DIGITS);
    id(fields, fields.spanId, span.spanId, SPAN_ID_DIGITS);
    if (!span.parentId.isEmpty()) {
      id(fields, fields.parentSpanId, span.parentId, SPAN_ID_DIGITS);
    }
    fields.name.set(span.nameAt, span.nameLength);
    fields.kind = span.kind.number;
    status(fields, body);
    Slice value = new Slice(fields.text);
    for (int i = 0; i < span.annotations.count(); i++) {
      value.set(span.annotations.keyAt(i), span.annotations.keyLength(i));
      fields.events.add(nanos(span.annotationMicros(i)), value, 0);
    }
  }

  private long nanos(long micros) {
    boolean fits = micros >= 0 && micros <= Times.MAX_UNIX_NANOS / NANOS_PER_MICRO;
    return Times.clampNanos(
        fits ? micros * NANOS_PER_MICRO : micros < 0 ? -1 : Long.MAX_VALUE, decoded);
  }

  /** Zeros on the left, where Zipkin leaves them out. */
  private static void id(SpanFields fields, Slice slice, String id, int digits) {
    byte[] padded = "0".repeat(digits - id.length()).concat(id).getBytes(US_ASCII);
    slice.set(fields.putHex(padded, 0, digits), digits / 2);
  }

  /** Zipkin's convention: a tag {@code error}, whatever its value, which is the message. */
  private static void status(SpanFields fields, byte[] body) {
    AttributeSlices tags = fields.attributes;
    int error = SourceContext.find(tags, body, ERROR);
    if (error < 0) {
      return;
    }
    fields.statusCode = ERROR_STATUS;
    int at = tags.valueAt(error);
    int from = AttributeSlices.index(at);
    int length = tags.valueLength(error);
    if (!Arrays.equals(tags.source(body, at), from, from + length, TRUE, 0, TRUE.length)) {
      fields.statusMessage.set(at, length);
    }
  }
}
