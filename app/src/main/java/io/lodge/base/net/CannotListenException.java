package io.lodge.base.net;

import io.lodge.base.PortOwner;

/** An address cannot be listened on; the message says which, why, and which key changes it. */
public final class CannotListenException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private CannotListenException(String message, Throwable cause) {
    super(message, cause);
  }

  /** The address cannot be had. */
  public static CannotListenException of(ListenerOptions options, Throwable cause) {
    String why = causeOf(cause);
    // Netty puts the call before the cause: "bind(..) failed with error(-98): Address already in
    // use".
    String reason = why.substring(why.lastIndexOf(": ") + 1).strip();
    String owner =
        PortOwner.of(options.address().getPort()).map(process -> ", by " + process).orElse("");
    return new CannotListenException(
        "cannot listen on %s: %s%s; change %s or stop what listens there"
            .formatted(options.hostAndPort(), reason, owner, options.key()),
        cause);
  }

  /** The files of its identity cannot be used. */
  public static CannotListenException ofTls(
      ListenerOptions options, TlsFiles tls, Throwable cause) {
    return new CannotListenException(
        "cannot listen on %s with TLS: %s; check %s and %s"
            .formatted(options.hostAndPort(), causeOf(cause), tls.certificates(), tls.key()),
        cause);
  }

  private static String causeOf(Throwable thrown) {
    Throwable root = thrown;
    while (root.getCause() != null) {
      root = root.getCause();
    }
    return root.getMessage() == null ? root.getClass().getSimpleName() : root.getMessage();
  }
}
