package io.lodge.receive;

import io.netty.buffer.ByteBuf;
import org.jspecify.annotations.Nullable;

/** The body is the payload: OTLP/HTTP. */
final class WholeBody implements Framing {
  /** A first step that most bodies of unknown length fit in. */
  private static final int STEP_BYTES_MIN = 16 * 1024;

  private final Body body;
  private final Limits limits;

  WholeBody(Body body, Limits limits) {
    this.body = body;
    this.limits = limits;
  }

  /**
   * Reserves what the request announces, before a byte of it is read.
   *
   * @param contentLength bytes; negative if the request does not say
   * @return why it must not be read; {@code null} to go on
   */
  Reply.@Nullable Refused announce(long contentLength) {
    if (contentLength > limits.requestBytesMax()) {
      return limits.tooLarge(contentLength);
    }
    return body.reserve((int) Math.max(contentLength, 0)) ? null : limits.noRoom();
  }

  @Override
  public Reply.@Nullable Refused accept(ByteBuf data) {
    int count = data.readableBytes();
    long total = (long) body.length() + count;
    if (total > limits.requestBytesMax()) {
      return limits.tooLarge(total);
    }
    if (total > body.capacity() && !body.reserve(nextStep((int) total))) {
      return limits.noRoom();
    }
    body.append(data, count);
    return null;
  }

  /** Doubles, so that a growing body is copied at most twice in all. */
  private int nextStep(int total) {
    long doubled = Math.max(STEP_BYTES_MIN, 2L * body.capacity());
    return (int) Math.max(total, Math.min(doubled, limits.requestBytesMax()));
  }

  @Override
  public Reply.@Nullable Refused end() {
    return null;
  }
}
