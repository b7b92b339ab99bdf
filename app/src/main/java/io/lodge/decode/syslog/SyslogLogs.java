package io.lodge.decode.syslog;

import io.lodge.block.LittleEndian;
import io.lodge.decode.BodyDecoder;
import io.lodge.decode.DeadLetters;
import io.lodge.decode.Decoded;
import io.lodge.decode.Decompressor.Body;
import io.lodge.decode.MalformedPayloadException;
import io.lodge.decode.TooManyRowsException;
import io.lodge.decode.rows.LogFields;
import io.lodge.decode.rows.LogScratch;
import io.lodge.lane.Lanes;
import io.lodge.model.Payload;
import io.lodge.model.SyslogFrame;
import io.lodge.route.Routing;
import java.nio.charset.StandardCharsets;

/**
 * Reads the messages that a syslog listener read together, each a row of logs.
 *
 * <p>The body is a run of {@link SyslogFrame}s; the context says where they came from: {@link
 * Origin}.
 */
public final class SyslogLogs implements BodyDecoder {
  /** As for OTLP. Part of the decoder's revision. */
  private static final int MESSAGES_MAX = 250_000;

  /** What a dead letter says of its message: the sender's was longer, or this is all. */
  private static final byte[] CUT = "cut".getBytes(StandardCharsets.US_ASCII);

  private static final byte[] WHOLE = {};

  private final int recordBytesMax;
  private final SyslogMessage message = new SyslogMessage();
  private final LogFields fields = new LogFields();
  private final LogScratch scratch;
  private String context = "";
  private Origin origin = Origin.parse("");

  /**
   * @param recordBytesMax larger messages go to the dead letters
   * @param routing what becomes of the others
   */
  public SyslogLogs(int recordBytesMax, Routing routing) {
    this.recordBytesMax = recordBytesMax;
    scratch = new LogScratch(routing);
  }

  @Override
  public void decode(Body body, Payload payload, Lanes lanes, Decoded decoded)
      throws MalformedPayloadException {
    if (!payload.context().equals(context)) {
      context = payload.context();
      origin = Origin.parse(context);
    }
    SyslogRows rows = new SyslogRows(payload, origin, lanes, decoded, scratch, fields);
    int to = body.offset() + body.length();
    int messages = 0;
    for (int at = body.offset(); at < to; ) {
      int header = to - at < SyslogFrame.HEADER_BYTES ? -1 : LittleEndian.getInt(body.bytes(), at);
      int length = header & ~SyslogFrame.CUT;
      int begin = at + SyslogFrame.HEADER_BYTES;
      if (length > to - begin) {
        throw new MalformedPayloadException(
            at - body.offset(), "a message runs past the end of the body");
      }
      if (++messages > MESSAGES_MAX) {
        throw new TooManyRowsException("messages", MESSAGES_MAX);
      }
      if (length > recordBytesMax) {
        byte[] cut = (header & SyslogFrame.CUT) != 0 ? CUT : WHOLE;
        reject(body, begin, length, cut, payload, lanes, decoded);
      } else {
        message.parse(
            body.bytes(),
            begin,
            begin + length,
            payload.receivedUnixNanos(),
            origin.offsetSeconds());
        boolean cut = (header & SyslogFrame.CUT) != 0;
        rows.put(message, body.bytes(), cut, begin, length, begin - body.offset());
      }
      at = begin + length;
    }
    rows.end(body.bytes());
  }

  private void reject(
      Body body, int begin, int length, byte[] cut, Payload payload, Lanes lanes, Decoded decoded) {
    String detail =
        "message of %d bytes is over receive.max_record, %d bytes"
            .formatted(length, recordBytesMax);
    new DeadLetters(payload, lanes, decoded)
        .add(
            "record_too_large",
            detail,
            1,
            new DeadLetters.Raw(body.bytes(), begin, length, begin - body.offset()),
            cut,
            0,
            cut.length);
  }
}
