package io.lodge.decode.otlp;

import io.lodge.decode.Decoded;
import io.lodge.decode.wire.AttributeSlices;
import io.lodge.lane.ClickHouseLogsLane;
import io.lodge.lane.Lanes;
import io.lodge.lane.LogsLane;
import io.lodge.model.Payload;
import io.lodge.route.Destination;
import java.util.EnumMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Appends log records: what the protobuf and the JSON reader share. One per payload. */
final class LogRows extends SourceRows {
  /** Text that rules compose: a cell of memory for so much of it. */
  private static final int BYTES_PER_CELL = 16;

  private final LogScratch scratch;
  private final LogRouting routing;

  /** Where rows have been appended, by destination. */
  private final Map<Destination, Target> targets = new EnumMap<>(Destination.class);

  private record Target(LogsLane lane, OpenRows rows) {}

  LogRows(Payload payload, Lanes lanes, Decoded decoded, LogScratch scratch) {
    super(payload, lanes, decoded, scratch.source);
    this.scratch = scratch;
    routing = scratch.routing;
    routing.beginPayload(payload, decoded.rules());
  }

  @Override
  boolean asksSources() {
    return routing.asksSources();
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
    routing.source(resourceNumber(), scopeNumber(), body);
    Destination to = routing.route(fields, body, rawFrom, rawLength, rawOffset);
    countCells(routing.takeGrowthBytes() / BYTES_PER_CELL);
    if (to == null) {
      countDropped();
      return;
    }
    Target target = target(to);
    append(fields, body, target.lane);
    target.rows.add();
  }

  private Target target(Destination to) {
    Target target = targets.get(to);
    if (target == null) {
      LogsLane lane =
          switch (to) {
            case GENERIC_LOGS -> lanes.logs();
            case SERVER_TEXT_LOG -> lanes.serverLogs();
            case KEEPER_LOG -> lanes.keeperLogs();
          };
      target = new Target(lane, open(lane.source));
      targets.put(to, target);
    }
    return target;
  }

  private void append(LogFields fields, byte[] body, LogsLane logs) {
    times(fields, logs);
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
    if (logs instanceof ClickHouseLogsLane lane) {
      ClickHouseColumns.put(lane, fields.attributes, body);
    }
    scratch.attributes.putRow(logs.logAttributes, fields.attributes, body);
    logs.logDropped.putInt(fields.droppedAttributes);
    logs.sampleRate.putInt(routing.sampleRate());
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
  private void times(LogFields fields, LogsLane logs) {
    long observedOrReceived = clampOrReceived(fields.observedTimeUnixNanos);
    long time = fields.timeUnixNanos;
    logs.timestamp.putLong(time == 0 ? observedOrReceived : clamp(time));
    logs.observedTimestamp.putLong(observedOrReceived);
  }
}
