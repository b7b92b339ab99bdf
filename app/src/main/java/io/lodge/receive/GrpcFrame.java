package io.lodge.receive;

import io.netty.buffer.ByteBuf;
import org.jspecify.annotations.Nullable;

/**
 * One length-prefixed message, which is all a unary call may send: a byte of flags (1: compressed),
 * four bytes of length, big-endian, then the message, in as many pieces as HTTP/2 likes. Source:
 * gRPC, {@code PROTOCOL-HTTP2.md}.
 */
final class GrpcFrame implements Framing {
  private static final int PREFIX_BYTES = 5;

  private final Body body;
  private final Limits limits;
  private final boolean encodingNamed;
  private int prefixRead;
  private int flags;
  private long messageBytes;

  /**
   * @param encodingNamed whether {@code grpc-encoding} names one that compresses
   */
  GrpcFrame(Body body, Limits limits, boolean encodingNamed) {
    this.body = body;
    this.limits = limits;
    this.encodingNamed = encodingNamed;
  }

  /** Whether the message is compressed by the encoding the call names. */
  boolean compressed() {
    return flags == 1;
  }

  @Override
  public Reply.@Nullable Refused accept(ByteBuf data) {
    while (prefixRead < PREFIX_BYTES && data.isReadable()) {
      int next = data.readUnsignedByte();
      if (prefixRead == 0) {
        flags = next;
      } else {
        messageBytes = (messageBytes << 8) | next;
      }
      prefixRead++;
      Reply.Refused refused = prefixRead == PREFIX_BYTES ? start() : null;
      if (refused != null) {
        return refused;
      }
    }
    int count = (int) Math.min(data.readableBytes(), messageBytes - body.length());
    if (prefixRead == PREFIX_BYTES && count > 0) {
      body.append(data, count);
    }
    return data.isReadable()
        ? Reply.refuse(
            Reason.NOT_ONE_MESSAGE,
            "unexpected second message in a unary call; got bytes after message of %d B"
                .formatted(messageBytes))
        : null;
  }

  private Reply.@Nullable Refused start() {
    if (flags > 1) {
      return Reply.refuse(
          Reason.BAD_FLAGS, "unexpected flags of gRPC message; got " + flags + " want 0 or 1");
    }
    if (flags == 1 && !encodingNamed) {
      return Reply.refuse(
          Reason.BAD_FLAGS,
          "unexpected Compressed-Flag 1 of gRPC message: the call names no grpc-encoding");
    }
    if (messageBytes > limits.requestBytesMax()) {
      return limits.tooLarge(messageBytes);
    }
    return body.reserve((int) messageBytes) ? null : limits.noRoom();
  }

  @Override
  public Reply.@Nullable Refused end() {
    if (prefixRead == 0) {
      return Reply.refuse(
          Reason.NOT_ONE_MESSAGE, "unexpected end of a unary call; got no message want 1");
    }
    if (prefixRead < PREFIX_BYTES) {
      return Reply.refuse(
          Reason.MALFORMED,
          "unexpected end of gRPC message; got %d of 5 bytes of its prefix".formatted(prefixRead));
    }
    return body.length() == messageBytes
        ? null
        : Reply.refuse(
            Reason.MALFORMED,
            "unexpected end of gRPC message; got %d B want %d B"
                .formatted(body.length(), messageBytes));
  }
}
