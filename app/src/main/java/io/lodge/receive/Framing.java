package io.lodge.receive;

import io.netty.buffer.ByteBuf;
import org.jspecify.annotations.Nullable;

/** How a protocol lays one payload into a request's body. */
interface Framing {

  /**
   * Takes all of the next bytes.
   *
   * @return why reading must end here; {@code null} to go on
   */
  Reply.@Nullable Refused accept(ByteBuf data);

  /**
   * The body has ended.
   *
   * @return why it is no payload; {@code null} if it is one
   */
  Reply.@Nullable Refused end();
}
