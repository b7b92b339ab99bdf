package io.lodge.api;

import com.linecorp.armeria.common.HttpHeaderNames;
import com.linecorp.armeria.common.HttpStatus;
import com.linecorp.armeria.common.RequestHeaders;
import com.linecorp.armeria.server.DecoratingHttpServiceFunction;
import io.lodge.base.net.KeyCheck;
import io.netty.util.AsciiString;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Keeps web pages of other sites in the user's browser away from an API that asks for no key.
 *
 * <p><b>DNS rebinding</b>, where a page's own name is made to point here: the {@code Host} must be
 * an IP address (which no name can be rebound to), {@code localhost}, or a name the operator gave.
 * Where keys are asked for, any name will do: such a page has no key.
 *
 * <p><b>Cross-site requests</b>, where a page posts here without reading the answer: a request
 * under {@code /api/} that a browser marks as another origin's ({@code Sec-Fetch-Site}, {@code
 * Origin}) is refused. Browsers always mark cross-origin posts; programs that are no browser send
 * neither header. Answers carry no CORS headers, so other pages cannot read what they may fetch.
 */
final class WebGuard {
  private static final AsciiString SEC_FETCH_SITE = HttpHeaderNames.of("sec-fetch-site");
  private static final Pattern IP_ADDRESS =
      Pattern.compile("\\d{1,3}(\\.\\d{1,3}){3}|\\[[0-9a-f:.%]+]");
  private static final Pattern PORT = Pattern.compile(":\\d{1,5}$");

  private final boolean anyHost;
  private final Set<String> hosts;

  WebGuard(KeyCheck keys, Set<String> hosts) {
    this.anyHost = keys.tenantOf("").isEmpty();
    this.hosts = Set.copyOf(hosts);
  }

  DecoratingHttpServiceFunction decorator() {
    return (delegate, ctx, request) -> {
      RequestHeaders headers = request.headers();
      String authority = lower(headers.authority());
      if (!hostAllowed(authority)) {
        return ApiErrors.response(
            HttpStatus.MISDIRECTED_REQUEST,
            "unknown_host",
            "cannot accept request: unexpected Host '%s'; use an IP address or localhost, add the name"
                    .formatted(authority)
                + " to api.hosts, or set keys");
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

  private boolean hostAllowed(String authority) {
    String host = PORT.matcher(authority).replaceFirst("");
    return anyHost
        || host.equals("localhost")
        || host.endsWith(".localhost")
        || hosts.contains(host)
        || IP_ADDRESS.matcher(host).matches();
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
