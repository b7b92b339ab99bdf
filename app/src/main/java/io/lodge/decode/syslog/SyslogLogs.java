package io.lodge.decode.syslog;

import io.lodge.block.LittleEndian;
import io.lodge.decode.BodyDecoder;
import io.lodge.decode.Decoded;
import io.lodge.decode.Decompressor.Body;
import io.lodge.decode.MalformedPayloadException;
import io.lodge.decode.TooManyRowsException;
import io.lodge.lane.DeadLettersLane;
import io.lodge.lane.Lanes;
import io.lodge.model.Payload;
import io.lodge.model.SyslogFrame;
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

  private static final byte[] TOO_LARGE = ascii("record_too_large");

  private final int recordBytesMax;
  private final SyslogMessage message = new SyslogMessage();
  private String context = "";
  private Origin origin = Origin.parse("");

  /**
   * @param recordBytesMax larger messages go to the dead letters
   */
  public SyslogLogs(int recordBytesMax) {
    this.recordBytesMax = recordBytesMax;
  }

  private static byte[] ascii(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }

  @Override
  public void decode(Body body, Payload payload, Lanes lanes, Decoded decoded)
      throws MalformedPayloadException {
    if (!payload.context().equals(context)) {
      context = payload.context();
      origin = Origin.parse(context);
    }
    SyslogRows rows = new SyslogRows(payload, origin, lanes, decoded);
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
        reject(body, begin, length, payload, lanes, decoded);
      } else {
        message.parse(
            body.bytes(),
            begin,
            begin + length,
            payload.receivedUnixNanos(),
            origin.offsetSeconds());
        rows.put(message, body.bytes(), (header & SyslogFrame.CUT) != 0);
      }
      at = begin + length;
    }
  }

  private void reject(
      Body body, int begin, int length, Payload payload, Lanes lanes, Decoded decoded) {
    String detail =
        "message of %d bytes is over receive.max_record, %d bytes"
            .formatted(length, recordBytesMax);
    byte[] kind = ascii(payload.kind().label());
    byte[] tenant = payload.tenant().getBytes(StandardCharsets.UTF_8);
    DeadLettersLane letters = lanes.deadLetters();
    letters.receivedAt.putLong(payload.receivedUnixNanos());
    letters.kind.put(kind, 0, kind.length);
    letters.reason.put(TOO_LARGE, 0, TOO_LARGE.length);
    letters.detail.put(ascii(detail), 0, detail.length());
    letters.tenant.put(tenant, 0, tenant.length);
    letters.serviceName.put(tenant, 0, 0);
    letters.record.put(body.bytes(), begin, length);
    letters.recordOffset.putLong(begin - body.offset());
    decoded.countRejected("record_too_large: " + detail);
  }
}
