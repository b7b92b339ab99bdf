package io.lodge.decode.otlp;

import io.lodge.decode.Decoded;
import io.lodge.decode.wire.AttributeSlices;
import io.lodge.lane.Lanes;
import io.lodge.lane.LogsLane;
import io.lodge.model.Payload;
import org.jspecify.annotations.Nullable;

/** Appends log records: what the protobuf and the JSON reader share. One per payload. */
final class LogRows extends SourceRows {
  private final LogsLane logs;
  private final LogScratch scratch;
  private final OpenRows open;

  LogRows(Payload payload, Lanes lanes, Decoded decoded, LogScratch scratch) {
    super(payload, lanes, decoded, scratch.source);
    this.scratch = scratch;
    logs = lanes.logs();
    open = open(logs.source);
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
    countRecord();
    Rejection rejection = rejection(fields);
    if (rejection != null) {
      reject(rejection, body, rawFrom, rawLength, rawOffset);
      return;
    }
    times(fields);
    putId(logs.traceId, fields.attributes, body, fields.traceIdAt, fields.traceIdLength);
    putId(logs.spanId, fields.attributes, body, fields.spanIdAt, fields.spanIdLength);
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
    scratch.attributes.putRow(logs.logAttributes, fields.attributes, body);
    logs.logDropped.putInt(fields.droppedAttributes);
    open.add();
  }

  private @Nullable Rejection rejection(LogFields fields) {
    Rejection ofSource = sourceRejection();
    if (ofSource != null) {
      return ofSource;
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

  /** A record without a time has the time it was observed; without that, the time of receipt. */
  private void times(LogFields fields) {
    long observedOrReceived = clampOrReceived(fields.observedTimeUnixNanos);
    long time = fields.timeUnixNanos;
    logs.timestamp.putLong(time == 0 ? observedOrReceived : clamp(time));
    logs.observedTimestamp.putLong(observedOrReceived);
  }
}
