package io.lodge.decode.otlp;

import io.lodge.decode.BodyDecoder;
import io.lodge.decode.Decoded;
import io.lodge.decode.Decompressor.Body;
import io.lodge.decode.MalformedPayloadException;
import io.lodge.decode.rows.Rejection;
import io.lodge.decode.rows.SpanFields;
import io.lodge.decode.rows.SpanRows;
import io.lodge.decode.rows.SpanScratch;
import io.lodge.decode.wire.JsonReader;
import io.lodge.lane.Lanes;
import io.lodge.model.Payload;
import io.lodge.route.Routing;

/**
 * {@code ExportTraceServiceRequest} in OTLP's JSON → rows.
 *
 * <p>Reused from payload to payload; belongs to one thread.
 */
public final class OtlpJsonTraces implements BodyDecoder {
  private final int recordBytesMax;
  private final SpanScratch scratch;
  private final JsonSources sources;
  private final JsonSpanReader spans = new JsonSpanReader();

  /**
   * @param recordBytesMax larger spans go to the dead letters
   * @param routing what becomes of the others
   */
  public OtlpJsonTraces(int recordBytesMax, Routing routing) {
    this.recordBytesMax = recordBytesMax;
    scratch = new SpanScratch(routing);
    sources = new JsonSources(JsonSources.Names.TRACES, recordBytesMax, scratch.source);
  }

  @Override
  public void decode(Body body, Payload payload, Lanes lanes, Decoded decoded)
      throws MalformedPayloadException {
    SpanRows rows = new SpanRows(payload, lanes, decoded, scratch);
    spans.reset();
    sources.walk(body, rows, in -> span(in, rows));
  }

  private void span(JsonReader in, SpanRows rows) throws MalformedPayloadException {
    int from = in.tokenFrom();
    SpanFields fields = spans.read(in);
    int length = in.tokenTo() - from;
    if (length > recordBytesMax) {
      fields.rejection = Rejection.tooLarge(length, recordBytesMax);
    }
    rows.span(fields, in.bytes(), from, length, in.offsetOf(from));
  }
}
