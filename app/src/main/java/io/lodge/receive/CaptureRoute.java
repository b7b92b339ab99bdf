package io.lodge.receive;

import com.linecorp.armeria.common.HttpHeaderNames;
import com.linecorp.armeria.common.HttpMethod;
import com.linecorp.armeria.common.RequestHeaders;
import com.linecorp.armeria.server.ServiceRequestContext;
import io.lodge.model.ContentEncoding;
import io.lodge.model.PayloadKind;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What SDKs for product analytics send: one event as JSON, or a batch of them. */
final class CaptureRoute implements HttpRoute {
  private static final Set<String> PATHS = Set.of("/capture", "/batch", "/e", "/i/v0/e");

  @Override
  public String help() {
    return "POST /capture, /batch, /e, /i/v0/e  product-analytics events, as SDKs send them";
  }

  @Override
  public boolean takes(ServiceRequestContext ctx) {
    String path = ctx.path();
    return PATHS.contains(path)
        || (path.endsWith("/") && PATHS.contains(path.substring(0, path.length() - 1)));
  }

  @Override
  public Protocol protocol() {
    return Protocol.CAPTURE;
  }

  @Override
  public HttpWords words(RequestHeaders headers) {
    return JsonWords.CAPTURE;
  }

  @Override
  public Plan plan(ServiceRequestContext ctx, RequestHeaders headers) {
    if (headers.method() != HttpMethod.POST) {
      return new Plan.Refuse(Refusals.notAPost(headers));
    }
    @Nullable ContentEncoding encoding = encoding(ctx, headers);
    return encoding == null
        ? new Plan.Refuse(Refusals.encoding(headers))
        : new Plan.Read(PayloadKind.ANALYTICS_CAPTURE, encoding, "");
  }

  /**
   * Browsers' SDKs say it beside the body, as they may set no header: {@code compression=gzip-js}.
   */
  private static @Nullable ContentEncoding encoding(
      ServiceRequestContext ctx, RequestHeaders headers) {
    @Nullable String named = ctx.queryParam("compression");
    return named != null && named.startsWith("gzip")
        ? ContentEncoding.GZIP
        : Encodings.named(headers.get(HttpHeaderNames.CONTENT_ENCODING));
  }
}
