package io.lodge.decode.letter;

import io.lodge.block.ByteSink;
import io.lodge.model.ContentEncoding;
import io.lodge.model.Payload;
import io.lodge.model.PayloadKind;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * A dead letter on its way to be stored after all. Its payload's context is the letter's id, and
 * its body, little-endian:
 *
 * <pre>received i64 · kind u8 · gateway u8 length, UTF-8 · context u8 length, UTF-8 · request</pre>
 *
 * @param letter the dead letter's id
 * @param gateway who sends it
 * @param receivedUnixNanos when its request came at first: records without a time have this one
 */
public record Replay(
    String letter, String gateway, long receivedUnixNanos, LetterRequest.Whole request) {

  /** The payload that keeps it in the journal. */
  public Payload payload(String tenant, long unixNanos) {
    ByteSink body = new ByteSink(64 + request.body().length);
    body.putLong(receivedUnixNanos);
    body.putByte(request.kind().id());
    put(body, gateway);
    put(body, request.context());
    body.putBytes(request.body(), 0, request.body().length);
    return new Payload(
        PayloadKind.DEAD_LETTER,
        ContentEncoding.IDENTITY,
        tenant,
        letter,
        unixNanos,
        body.array(),
        0,
        body.length());
  }

  private static void put(ByteSink body, String text) {
    byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
    body.putByte(utf8.length);
    body.putBytes(utf8, 0, utf8.length);
  }

  /**
   * Reads one.
   *
   * @throws IllegalArgumentException if these are not its bytes
   */
  public static Replay parse(String letter, byte[] bytes, int offset, int length) {
    ByteBuffer in = ByteBuffer.wrap(bytes, offset, length).order(ByteOrder.LITTLE_ENDIAN);
    try {
      long received = in.getLong();
      PayloadKind kind = PayloadKind.ofId(in.get());
      String gateway = text(in);
      String context = text(in);
      byte[] request = Arrays.copyOfRange(bytes, in.position(), in.limit());
      return new Replay(letter, gateway, received, new LetterRequest.Whole(kind, context, request));
    } catch (BufferUnderflowException e) {
      throw new IllegalArgumentException("it ends too early", e);
    }
  }

  private static String text(ByteBuffer in) {
    byte[] utf8 = new byte[Byte.toUnsignedInt(in.get())];
    in.get(utf8);
    return new String(utf8, StandardCharsets.UTF_8);
  }
}
