package io.lodge.api;

import com.linecorp.armeria.common.HttpHeaderNames;
import com.linecorp.armeria.common.HttpStatus;
import com.linecorp.armeria.common.RequestHeaders;
import com.linecorp.armeria.server.DecoratingHttpServiceFunction;
import io.lodge.base.net.HostNames;
import io.lodge.base.net.KeyCheck;
import io.netty.util.AsciiString;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Keeps web pages of other sites in the user's browser away from an API that asks for no key.
 *
 * <p><b>DNS rebinding</b>: the {@code Host} must be one of {@link HostNames}. Where keys are asked
 * for, any name will do: such a page has no key.
 *
 * <p><b>Cross-site requests</b>, where a page posts here without reading the answer: a request
 * under {@code /api/} that a browser marks as another origin's ({@code Sec-Fetch-Site}, {@code
 * Origin}) is refused. Browsers always mark cross-origin posts; programs that are no browser send
 * neither header. Answers carry no CORS headers, so other pages cannot read what they may fetch.
 */
final class WebGuard {
  private static final AsciiString SEC_FETCH_SITE = HttpHeaderNames.of("sec-fetch-site");

  private final boolean anyHost;
  private final HostNames hosts;

  WebGuard(KeyCheck keys, Set<String> hosts) {
    this.anyHost = keys.tenantOf("").isEmpty();
    this.hosts = new HostNames(hosts);
  }

  DecoratingHttpServiceFunction decorator() {
    return (delegate, ctx, request) -> {
      RequestHeaders headers = request.headers();
      String authority = lower(headers.authority());
      if (!anyHost && !hosts.allow(authority)) {
        return ApiErrors.response(
            HttpStatus.MISDIRECTED_REQUEST,
            "unknown_host",
            "cannot accept request: unexpected Host '%s'; use an IP address or localhost, or set auth.keys"
                .formatted(authority));
      }
      if (ctx.path().startsWith("/api/") && ofAnotherSite(headers, ctx.sessionProtocol().isTls())) {
        return ApiErrors.response(
            HttpStatus.FORBIDDEN,
            "cross_origin",
            "cannot accept request: it comes from a web page of another origin");
      }
      return delegate.serve(ctx, request);
    };
  }

  private static boolean ofAnotherSite(RequestHeaders headers, boolean tls) {
    String site = headers.get(SEC_FETCH_SITE, "none");
    if (!site.equals("none") && !site.equals("same-origin")) {
      return true;
    }
    @Nullable String origin = headers.get(HttpHeaderNames.ORIGIN);
    String own = (tls ? "https://" : "http://") + lower(headers.authority());
    return origin != null && !lower(origin).equals(own);
  }

  private static String lower(@Nullable String text) {
    return text == null ? "" : text.toLowerCase(Locale.ROOT);
  }
}
