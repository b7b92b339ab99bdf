package io.lodge.receive;

import com.linecorp.armeria.common.HttpHeaderNames;
import com.linecorp.armeria.common.HttpHeaders;
import com.linecorp.armeria.common.RequestHeaders;
import com.linecorp.armeria.common.util.Exceptions;
import com.linecorp.armeria.server.RequestTimeoutException;
import com.linecorp.armeria.server.ServiceRequestContext;
import io.lodge.base.net.PresentedKey;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Refusals that more than one protocol has. */
final class Refusals {
  private static final Logger LOG = LoggerFactory.getLogger(Refusals.class);

  private Refusals() {}

  /** Does not repeat the key: answers end up in logs. */
  static Reply.Refused key(HttpHeaders headers) {
    return Reply.refuse(
        Reason.UNAUTHENTICATED,
        PresentedKey.in(headers).isEmpty()
            ? "cannot accept request: no key; send Authorization: Bearer KEY or x-api-key: KEY"
            : "cannot accept request: unknown key; send an ingest key of this gateway");
  }

  static Reply.Refused notAPost(RequestHeaders headers) {
    return Reply.refuse(
        Reason.NOT_A_POST, "unexpected method; got " + headers.method() + " want POST");
  }

  static Reply.Refused encoding(HttpHeaders headers) {
    return Reply.refuse(
        Reason.UNSUPPORTED,
        "unexpected content encoding; got '%s' want one of %s"
            .formatted(
                headers.get(HttpHeaderNames.CONTENT_ENCODING, "identity"), Encodings.ACCEPTED));
  }

  static Reply.Refused stopping(Limits limits) {
    return Reply.later(
        "cannot accept request: the gateway is stopping", limits.retryAfter(), "stopping");
  }

  /** A request that did not reach its answer. */
  static Reply.Refused failed(ServiceRequestContext ctx, Throwable cause, Limits limits) {
    if (Call.isSubmitted(ctx)) {
      return Reply.maybeKept("cannot finish request: no answer in time; it may be kept or not");
    }
    if (cause instanceof RequestTimeoutException) {
      return Reply.later(
          "cannot finish request: not whole within %s s"
              .formatted(limits.requestTimeout().toSeconds()),
          limits.retryAfter(),
          "timed_out");
    }
    if (!Exceptions.isExpected(cause)) { // a client that left is no news
      LOG.warn("cannot finish request: {}", cause.toString());
    }
    return Reply.later(
        "cannot finish request: the gateway failed or stops", limits.retryAfter(), "failed");
  }
}
