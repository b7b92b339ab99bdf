package io.lodge.receive;

import com.linecorp.armeria.common.HttpHeaderNames;
import com.linecorp.armeria.common.HttpResponse;
import com.linecorp.armeria.common.HttpStatus;
import com.linecorp.armeria.common.MediaType;
import com.linecorp.armeria.server.DecoratingHttpServiceFunction;
import io.lodge.base.net.HostNames;
import io.lodge.base.net.ListenerOptions;
import io.netty.util.AsciiString;
import java.util.Set;

/**
 * Keeps web pages of the internet from sending here through the user's browser: under a name that
 * they made point to this machine, or across sites, which a browser marks ({@code Sec-Fetch-Site}).
 * A page on localhost itself may, as one does that is being developed. Only on loopback and without
 * keys: elsewhere agents use whatever name their network gives this gateway, and a page has no key.
 */
final class RebindingGuard {
  private static final AsciiString SEC_FETCH_SITE = HttpHeaderNames.of("sec-fetch-site");

  private RebindingGuard() {}

  static DecoratingHttpServiceFunction decorator(ListenerOptions options, Reception reception) {
    boolean loopback = options.address().getAddress().isLoopbackAddress();
    boolean open = reception.keys().tenantOf("").isPresent();
    if (!loopback || !open) {
      return (delegate, ctx, request) -> delegate.serve(ctx, request);
    }
    HostNames hosts = new HostNames(Set.of());
    return (delegate, ctx, request) -> {
      String authority = request.headers().authority();
      if (request.headers().get(SEC_FETCH_SITE, "").equals("cross-site")) {
        reception.metrics().answered(Protocol.UNKNOWN_HTTP, "cross_site", System.nanoTime());
        reception.refused(Protocol.UNKNOWN_HTTP, "cross_site");
        return HttpResponse.of(
            HttpStatus.FORBIDDEN,
            MediaType.PLAIN_TEXT_UTF_8,
            "cannot accept request: it comes from a web page of another site; set auth.keys and send one\n");
      }
      if (hosts.allow(authority)) {
        return delegate.serve(ctx, request);
      }
      reception.metrics().answered(Protocol.UNKNOWN_HTTP, "unknown_host", System.nanoTime());
      reception.refused(Protocol.UNKNOWN_HTTP, "unknown_host");
      return HttpResponse.of(
          HttpStatus.MISDIRECTED_REQUEST,
          MediaType.PLAIN_TEXT_UTF_8,
          "cannot accept request: unexpected Host '%s'; use an IP address or localhost, or set auth.keys\n"
              .formatted(authority));
    };
  }
}
