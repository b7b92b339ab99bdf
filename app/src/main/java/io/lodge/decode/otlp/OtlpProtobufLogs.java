package io.lodge.decode.otlp;

import io.lodge.decode.BodyDecoder;
import io.lodge.decode.Decoded;
import io.lodge.decode.Decompressor.Body;
import io.lodge.decode.MalformedPayloadException;
import io.lodge.decode.rows.LogFields;
import io.lodge.decode.rows.LogRows;
import io.lodge.decode.rows.LogScratch;
import io.lodge.decode.rows.Rejection;
import io.lodge.decode.wire.WireReader;
import io.lodge.lane.Lanes;
import io.lodge.model.Payload;
import io.lodge.route.Routing;

/**
 * {@code ExportLogsServiceRequest} in protobuf → rows.
 *
 * <p>Reused from payload to payload; belongs to one thread.
 */
public final class OtlpProtobufLogs implements BodyDecoder {
  private static final int TIME = 1 << 3 | 1;
  private static final int SEVERITY_NUMBER = 2 << 3;
  private static final int SEVERITY_TEXT = 3 << 3 | 2;
  private static final int BODY = 5 << 3 | 2;
  private static final int ATTRIBUTES = 6 << 3 | 2;
  private static final int DROPPED = 7 << 3;
  private static final int FLAGS = 8 << 3 | 5;
  private static final int TRACE_ID = 9 << 3 | 2;
  private static final int SPAN_ID = 10 << 3 | 2;
  private static final int OBSERVED_TIME = 11 << 3 | 1;
  private static final int EVENT_NAME = 12 << 3 | 2;

  private final int recordBytesMax;
  private final WireReader in = new WireReader();
  private final LogFields fields = new LogFields();
  private final AnyValueReader recordValues = new AnyValueReader(in, fields.text);
  private final LogScratch scratch;
  private final ProtobufSources sources;

  /**
   * @param recordBytesMax larger records go to the dead letters
   * @param routing where the others go
   */
  public OtlpProtobufLogs(int recordBytesMax, Routing routing) {
    this.recordBytesMax = recordBytesMax;
    scratch = new LogScratch(routing);
    sources = new ProtobufSources(in, scratch.source);
  }

  /**
   * Appends all records of the body to the lanes.
   *
   * @throws MalformedPayloadException if the body is not valid protobuf; rows may have been
   *     appended by then, and the caller rolls the lanes back
   */
  @Override
  public void decode(Body body, Payload payload, Lanes lanes, Decoded decoded)
      throws MalformedPayloadException {
    LogRows rows = new LogRows(payload, lanes, decoded, scratch);
    recordValues.reset();
    sources.walk(body, rows, to -> logRecord(rows, to));
  }

  private void logRecord(LogRows rows, int to) throws MalformedPayloadException {
    int outer = in.end();
    int from = in.at();
    in.window(from, to);
    fields.clear();
    while (in.hasMore()) {
      field(in.tag());
    }
    int length = to - from;
    if (recordValues.takeTooDeep()) {
      fields.rejection = Rejection.tooDeep(AnyValueReader.DEPTH_MAX);
    }
    if (length > recordBytesMax) {
      fields.rejection = Rejection.tooLarge(length, recordBytesMax);
    }
    rows.record(fields, in.bytes(), from, length, in.offsetOf(from));
    in.window(to, outer);
  }

  private void field(int tag) throws MalformedPayloadException {
    switch (tag) {
      case TIME -> fields.timeUnixNanos = in.fixed64();
      case OBSERVED_TIME -> fields.observedTimeUnixNanos = in.fixed64();
      case SEVERITY_NUMBER -> fields.severityNumber = (int) in.varint();
      case SEVERITY_TEXT -> {
        fields.severityTextLength = in.length();
        fields.severityTextAt = in.at();
        in.skipTo(fields.severityTextAt + fields.severityTextLength);
      }
      case BODY -> {
        int length = in.length();
        recordValues.value(in.at() + length);
        fields.bodyAt = recordValues.valueAt();
        fields.bodyLength = recordValues.valueLength();
      }
      case ATTRIBUTES -> {
        int length = in.length();
        recordValues.keyValue(in.at() + length, fields.attributes);
      }
      case DROPPED -> fields.droppedAttributes = (int) in.varint();
      case FLAGS -> fields.flags = in.fixed32();
      case TRACE_ID -> {
        fields.traceIdLength = in.length();
        fields.traceIdAt = in.at();
        in.skipTo(fields.traceIdAt + fields.traceIdLength);
      }
      case SPAN_ID -> {
        fields.spanIdLength = in.length();
        fields.spanIdAt = in.at();
        in.skipTo(fields.spanIdAt + fields.spanIdLength);
      }
      case EVENT_NAME -> {
        fields.eventNameLength = in.length();
        fields.eventNameAt = in.at();
        in.skipTo(fields.eventNameAt + fields.eventNameLength);
      }
      default -> in.skip(tag);
    }
  }
}
