package io.lodge.decode.otlp;

import io.lodge.block.LowCardinalityColumn;
import io.lodge.block.StringColumn;
import io.lodge.decode.Decoded;
import io.lodge.decode.TooManyRowsException;
import io.lodge.lane.DeadLettersLane;
import io.lodge.lane.Lanes;
import io.lodge.lane.LogsLane;
import io.lodge.model.Payload;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * Appends log records to the logs lane, or to the dead letters: what the protobuf and the JSON
 * reader share. One per payload.
 *
 * <p>A record's own columns are appended at once; those of its scope and resource when these end,
 * for all their rows together: their fields may come behind the records, and filling a run costs a
 * fraction of appending row by row.
 */
final class LogRows {
  /**
   * Most records of one request, and most attributes of resources and scopes times their records:
   * what they take in memory, about 100 and 8 bytes each, has to fit beside everything else. Part
   * of the decoder's revision: a segment must decode to the same rows for ever.
   */
  private static final int RECORDS_MAX = 250_000;

  private static final long CELLS_MAX = 4_000_000;

  /**
   * 2100-01-01: later times are moved here. Partitions by day and the expiry of a row are computed
   * in 32-bit seconds, which end in 2106.
   */
  static final long TIME_MAX_UNIX_NANOS = 4_102_444_800L * 1_000_000_000L;

  private static final byte[] SERVICE_NAME = "service.name".getBytes(StandardCharsets.UTF_8);

  private final Payload payload;
  private final LogsLane logs;
  private final DeadLettersLane deadLetters;
  private final Decoded decoded;
  private final LogScratch scratch;
  private final SourceFields resource;
  private final SourceFields scope;

  private int storedInResource;
  private int rejectedInResource;
  private int storedInScope;
  private int records;
  private long cells;
  private int rejectedInScope;

  LogRows(Payload payload, Lanes lanes, Decoded decoded, LogScratch scratch) {
    this.payload = payload;
    this.decoded = decoded;
    this.scratch = scratch;
    logs = lanes.logs();
    deadLetters = lanes.deadLetters();
    resource = scratch.resource;
    scope = scratch.scope;
  }

  void beginResource() {
    resource.clear();
    storedInResource = 0;
    rejectedInResource = 0;
  }

  void beginScope() {
    scope.clear();
    storedInScope = 0;
    rejectedInScope = 0;
  }

  /** Whether the present resource has had a record. */
  boolean resourceHasRecords() {
    return storedInResource + rejectedInResource + storedInScope + rejectedInScope > 0;
  }

  /** Whether the present scope has had a record. */
  boolean scopeHasRecords() {
    return storedInScope + rejectedInScope > 0;
  }

  /** Appends the scope's columns for its rows. */
  void endScope(byte[] body) {
    int rows = storedInScope;
    countCells(scope, rows);
    storedInResource += storedInScope;
    rejectedInResource += rejectedInScope;
    storedInScope = 0;
    rejectedInScope = 0;
    if (rows == 0) {
      return;
    }
    text(logs.scopeName, body, scope, scope.nameAt, scope.nameLength, rows);
    text(logs.scopeVersion, body, scope, scope.versionAt, scope.versionLength, rows);
    text(logs.scopeSchemaUrl, body, scope, scope.schemaUrlAt, scope.schemaUrlLength, rows);
    scratch.context.set(logs.scopeAttributes, scope.attributes, body);
    scratch.context.putRows(logs.scopeAttributes, rows);
    logs.scopeDropped.fillInts(scope.droppedAttributes, rows);
  }

  /** Appends the resource's columns for its rows. */
  void endResource(byte[] body) {
    int service = SourceContext.find(resource.attributes, body, SERVICE_NAME);
    int at = service < 0 ? 0 : resource.attributes.valueAt(service);
    int length = service < 0 ? 0 : resource.attributes.valueLength(service);
    if (rejectedInResource > 0) {
      text(deadLetters.serviceName, body, resource, at, length, rejectedInResource);
    }
    int rows = storedInResource;
    if (rows == 0) {
      return;
    }
    countCells(resource, rows);
    text(logs.serviceName, body, resource, at, length, rows);
    text(
        logs.resourceSchemaUrl,
        body,
        resource,
        resource.schemaUrlAt,
        resource.schemaUrlLength,
        rows);
    scratch.context.set(logs.resourceAttributes, resource.attributes, body);
    scratch.context.putRows(logs.resourceAttributes, rows);
    logs.resourceDropped.fillInts(resource.droppedAttributes, rows);
    byte[] tenant = payload.tenant().getBytes(StandardCharsets.UTF_8);
    logs.tenant.putKey(logs.tenant.keyOf(tenant, 0, tenant.length), rows);
    logs.receivedAt.fillLongs(payload.receivedUnixNanos(), rows);
    decoded.countStored(rows);
  }

  /**
   * Appends a record.
   *
   * @param body the array that non-negative offsets lie in
   * @param rawFrom the index in {@code body} of the record as received
   * @param rawLength its length there
   * @param rawOffset where it began in the decompressed body
   */
  void record(LogFields fields, byte[] body, int rawFrom, int rawLength, int rawOffset) {
    if (++records > RECORDS_MAX) {
      throw new TooManyRowsException("records", RECORDS_MAX);
    }
    Rejection rejection = rejection(fields);
    if (rejection != null) {
      reject(rejection, body, rawFrom, rawLength, rawOffset);
      rejectedInScope++;
      return;
    }
    times(fields);
    hex(logs.traceId, fields, body, fields.traceIdAt, fields.traceIdLength);
    hex(logs.spanId, fields, body, fields.spanIdAt, fields.spanIdLength);
    logs.traceFlags.putInt(fields.flags);
    int severityAt = fields.severityTextAt;
    scratch.severityKey =
        logs.severityText.put(
            fields.attributes.source(body, severityAt),
            AttributeSlices.index(severityAt),
            fields.severityTextLength,
            scratch.severityKey);
    logs.severityNumber.putByte(Math.clamp(fields.severityNumber, 0, 255));
    int bodyAt = fields.bodyAt;
    logs.body.put(
        fields.attributes.source(body, bodyAt), AttributeSlices.index(bodyAt), fields.bodyLength);
    int eventAt = fields.eventNameAt;
    logs.eventName.put(
        fields.attributes.source(body, eventAt),
        AttributeSlices.index(eventAt),
        fields.eventNameLength);
    attributes(fields.attributes, body);
    logs.logDropped.putInt(fields.droppedAttributes);
    storedInScope++;
  }

  /** A source's attributes are repeated on each of its rows: a few bytes could become gigabytes. */
  private void countCells(SourceFields source, int rows) {
    cells += (long) source.attributes.count() * rows;
    if (cells > CELLS_MAX) {
      throw new TooManyRowsException("attributes over all its records", CELLS_MAX);
    }
  }

  private @Nullable Rejection rejection(LogFields fields) {
    if (resource.rejection != null) {
      return resource.rejection;
    }
    if (scope.rejection != null) {
      return scope.rejection;
    }
    if (fields.rejection != null) {
      return fields.rejection;
    }
    if (fields.traceIdLength != 0 && fields.traceIdLength != 16) {
      return Rejection.traceId(fields.traceIdLength);
    }
    if (fields.spanIdLength != 0 && fields.spanIdLength != 8) {
      return Rejection.spanId(fields.spanIdLength);
    }
    return null;
  }

  private void reject(Rejection rejection, byte[] body, int rawFrom, int rawLength, int rawOffset) {
    byte[] kind = payload.kind().label().getBytes(StandardCharsets.US_ASCII);
    byte[] reason = rejection.reason().getBytes(StandardCharsets.UTF_8);
    byte[] detail = rejection.detail().getBytes(StandardCharsets.UTF_8);
    byte[] tenantName = payload.tenant().getBytes(StandardCharsets.UTF_8);
    deadLetters.receivedAt.putLong(payload.receivedUnixNanos());
    deadLetters.kind.put(kind, 0, kind.length);
    deadLetters.reason.put(reason, 0, reason.length);
    deadLetters.detail.put(detail, 0, detail.length);
    deadLetters.tenant.put(tenantName, 0, tenantName.length);
    deadLetters.record.put(body, rawFrom, rawLength);
    deadLetters.recordOffset.putLong(rawOffset);
    decoded.countRejected(rejection.reason() + ": " + rejection.detail());
  }

  /** A record without a time has the time it was observed; without that, the time of receipt. */
  private void times(LogFields fields) {
    long observed = fields.observedTimeUnixNanos;
    long observedOrReceived = observed == 0 ? payload.receivedUnixNanos() : clamp(observed);
    long time = fields.timeUnixNanos;
    logs.timestamp.putLong(time == 0 ? observedOrReceived : clamp(time));
    logs.observedTimestamp.putLong(observedOrReceived);
  }

  /** The wire's times are unsigned: what looks negative is beyond the year 2262. */
  private long clamp(long unixNanos) {
    if (unixNanos >= 0 && unixNanos <= TIME_MAX_UNIX_NANOS) {
      return unixNanos;
    }
    decoded.countClampedTimestamp();
    return TIME_MAX_UNIX_NANOS;
  }

  private void attributes(AttributeSlices attributes, byte[] body) {
    var keys = logs.logAttributes.keys();
    var values = logs.logAttributes.values();
    int[] guesses = scratch.keyGuesses(attributes.count());
    for (int i = 0; i < attributes.count(); i++) {
      int keyAt = attributes.keyAt(i);
      guesses[i] =
          keys.put(
              attributes.source(body, keyAt),
              AttributeSlices.index(keyAt),
              attributes.keyLength(i),
              guesses[i]);
      int valueAt = attributes.valueAt(i);
      values.put(
          attributes.source(body, valueAt),
          AttributeSlices.index(valueAt),
          attributes.valueLength(i));
    }
    logs.logAttributes.endRow();
  }

  private static void text(
      LowCardinalityColumn column, byte[] body, SourceFields from, int at, int length, int rows) {
    int key = column.keyOf(from.attributes.source(body, at), AttributeSlices.index(at), length);
    column.putKey(key, rows);
  }

  /** An id of zeros means none (W3C Trace Context), and so does an absent one. */
  private static void hex(StringColumn column, LogFields fields, byte[] body, int at, int length) {
    byte[] source = fields.attributes.source(body, at);
    int from = AttributeSlices.index(at);
    if (isZero(source, from, length)) {
      column.putEmpty();
    } else {
      column.putHex(source, from, length);
    }
  }

  private static boolean isZero(byte[] bytes, int from, int length) {
    for (int i = from; i < from + length; i++) {
      if (bytes[i] != 0) {
        return false;
      }
    }
    return true;
  }
}
