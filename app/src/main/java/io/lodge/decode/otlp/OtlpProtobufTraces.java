package io.lodge.decode.otlp;

import io.lodge.decode.BodyDecoder;
import io.lodge.decode.Decoded;
import io.lodge.decode.Decompressor.Body;
import io.lodge.decode.MalformedPayloadException;
import io.lodge.decode.rows.Rejection;
import io.lodge.decode.rows.SpanFields;
import io.lodge.decode.rows.SpanRows;
import io.lodge.decode.rows.SpanScratch;
import io.lodge.decode.wire.WireReader;
import io.lodge.lane.Lanes;
import io.lodge.model.Payload;
import io.lodge.route.Routing;

/**
 * {@code ExportTraceServiceRequest} in protobuf → rows.
 *
 * <p>Reused from payload to payload; belongs to one thread.
 */
public final class OtlpProtobufTraces implements BodyDecoder {
  private final int recordBytesMax;
  private final WireReader in = new WireReader();
  private final ProtobufSpanReader spans = new ProtobufSpanReader(in);
  private final SpanScratch scratch;
  private final ProtobufSources sources;

  /**
   * @param recordBytesMax larger spans go to the dead letters
   * @param routing what becomes of the others
   */
  public OtlpProtobufTraces(int recordBytesMax, Routing routing) {
    this.recordBytesMax = recordBytesMax;
    scratch = new SpanScratch(routing);
    sources = new ProtobufSources(in, scratch.source);
  }

  @Override
  public void decode(Body body, Payload payload, Lanes lanes, Decoded decoded)
      throws MalformedPayloadException {
    SpanRows rows = new SpanRows(payload, lanes, decoded, scratch);
    spans.reset();
    sources.walk(body, rows, to -> span(rows, to));
  }

  private void span(SpanRows rows, int to) throws MalformedPayloadException {
    int outer = in.end();
    int from = in.at();
    in.window(from, to);
    SpanFields fields = spans.read();
    int length = to - from;
    if (length > recordBytesMax) {
      fields.rejection = Rejection.tooLarge(length, recordBytesMax);
    }
    rows.span(fields, in.bytes(), from, length, in.offsetOf(from));
    in.window(to, outer);
  }
}
