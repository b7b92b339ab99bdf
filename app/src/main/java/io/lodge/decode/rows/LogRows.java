package io.lodge.decode.rows;

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

/** Appends log records, whatever protocol they came by. One per payload. */
public final class LogRows extends SourceRows {
  private final LogScratch scratch;
  private final RecordRouting routing;

  /** Where rows have been appended, by destination. */
  private final Map<Destination, Target> targets = new EnumMap<>(Destination.class);

  private record Target(LogsLane lane, OpenRows rows) {}

  public LogRows(Payload payload, Lanes lanes, Decoded decoded, LogScratch scratch) {
    super(payload, lanes, decoded, scratch.source);
    this.scratch = scratch;
    routing = scratch.routing;
    routing.beginPayload(payload, decoded);
  }

  @Override
  public boolean asksSources() {
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
  public void record(LogFields fields, byte[] body, int rawFrom, int rawLength, int rawOffset) {
    countRecord();
    Rejection rejection = rejection(fields);
    if (rejection != null) {
      reject(rejection, body, rawFrom, rawLength, rawOffset);
      return;
    }
    store(fields, body, rawFrom, rawLength, rawOffset);
  }

  /** Appends a record that its decoder has counted and found good; as {@link #record}. */
  public void store(LogFields fields, byte[] body, int rawFrom, int rawLength, int rawOffset) {
    routing.source(resourceNumber(), scopeNumber(), body);
    boolean kept = routing.keeps(fields, body, rawFrom, rawLength, rawOffset);
    countCells(routing.takeCells());
    if (!kept) {
      countDropped();
      return;
    }
    Target target = target(routing.destination());
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
    boolean none = time == 0 && !fields.timeIsEpoch;
    logs.timestamp.putLong(none ? observedOrReceived : clamp(time));
    logs.observedTimestamp.putLong(observedOrReceived);
  }
}
