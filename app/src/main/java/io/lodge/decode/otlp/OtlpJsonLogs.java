package io.lodge.decode.otlp;

import io.lodge.decode.BodyDecoder;
import io.lodge.decode.Decoded;
import io.lodge.decode.Decompressor.Body;
import io.lodge.decode.MalformedPayloadException;
import io.lodge.decode.rows.LogFields;
import io.lodge.decode.rows.LogRows;
import io.lodge.decode.rows.LogScratch;
import io.lodge.decode.rows.Rejection;
import io.lodge.decode.wire.JsonReader;
import io.lodge.lane.Lanes;
import io.lodge.model.Payload;
import io.lodge.route.Routing;

/**
 * {@code ExportLogsServiceRequest} in OTLP's JSON → rows.
 *
 * <p>Reused from payload to payload; belongs to one thread.
 */
public final class OtlpJsonLogs implements BodyDecoder {
  private final int recordBytesMax;
  private final LogScratch scratch;
  private final JsonSources sources;
  private final JsonRecordReader records = new JsonRecordReader();

  /**
   * @param recordBytesMax larger records go to the dead letters
   * @param routing where the others go
   */
  public OtlpJsonLogs(int recordBytesMax, Routing routing) {
    this.recordBytesMax = recordBytesMax;
    scratch = new LogScratch(routing);
    sources = new JsonSources(JsonSources.Names.LOGS, recordBytesMax, scratch.source);
  }

  /**
   * Appends all records of the body to the lanes.
   *
   * @throws MalformedPayloadException if the body is not valid JSON or has a value of the wrong
   *     type; rows may have been appended by then, and the caller rolls the lanes back
   */
  @Override
  public void decode(Body body, Payload payload, Lanes lanes, Decoded decoded)
      throws MalformedPayloadException {
    LogRows rows = new LogRows(payload, lanes, decoded, scratch);
    records.reset();
    sources.walk(body, rows, in -> logRecord(in, rows));
  }

  private void logRecord(JsonReader in, LogRows rows) throws MalformedPayloadException {
    int from = in.tokenFrom();
    LogFields fields = records.read(in);
    int length = in.tokenTo() - from;
    if (length > recordBytesMax) {
      fields.rejection = Rejection.tooLarge(length, recordBytesMax);
    }
    rows.record(fields, in.bytes(), from, length, in.offsetOf(from));
  }
}
