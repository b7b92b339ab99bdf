package io.lodge.receive;

import com.linecorp.armeria.common.HttpHeaderNames;
import com.linecorp.armeria.common.MediaType;
import com.linecorp.armeria.common.ResponseHeaders;
import com.linecorp.armeria.common.ResponseHeadersBuilder;
import java.time.Duration;

/** The status and the headers of a refusal, which are the same in every protocol over HTTP. */
final class RefusalHeaders {
  private RefusalHeaders() {}

  static ResponseHeaders of(Reply.Refused refused, MediaType type) {
    return builder(refused, type).build();
  }

  static ResponseHeadersBuilder builder(Reply.Refused refused, MediaType type) {
    Reason reason = refused.reason();
    ResponseHeadersBuilder headers = ResponseHeaders.builder(reason.httpStatus).contentType(type);
    switch (reason) {
      case RETRY_LATER -> headers.set(HttpHeaderNames.RETRY_AFTER, seconds(refused.retryAfter()));
      case UNAUTHENTICATED -> headers.set(HttpHeaderNames.WWW_AUTHENTICATE, "Bearer");
      case UNSUPPORTED -> headers.set(HttpHeaderNames.ACCEPT_ENCODING, Encodings.ACCEPTED);
      case NOT_A_POST -> headers.set(HttpHeaderNames.ALLOW, "POST");
      // The rest of a body this large is not worth reading to keep the connection.
      case TOO_LARGE -> headers.set(HttpHeaderNames.CONNECTION, "close");
      case MAYBE_KEPT, MALFORMED, NO_SUCH_ENDPOINT, BAD_FLAGS, NOT_ONE_MESSAGE -> {}
    }
    return headers;
  }

  /** Whole seconds, rounded up and at least 1: 0 would mean at once. */
  private static String seconds(Duration after) {
    long whole = after.toSeconds() + (after.toNanosPart() > 0 ? 1 : 0);
    return Long.toString(Math.max(1, whole));
  }
}
