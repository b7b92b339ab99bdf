package io.lodge.api;

import com.linecorp.armeria.common.HttpStatus;
import com.linecorp.armeria.server.DecoratingHttpServiceFunction;
import io.lodge.base.net.KeyCheck;
import io.lodge.base.net.PresentedKey;
import java.util.Set;

/** Asks for a query key, but not of probes nor for the UI's files, which hold no data. */
final class KeyGuard {
  private static final Set<String> FREE = Set.of("/", "/healthz", "/readyz");

  private KeyGuard() {}

  static DecoratingHttpServiceFunction around(KeyCheck keys) {
    return (delegate, ctx, request) -> {
      if (FREE.contains(ctx.path())
          || UiFiles.has(ctx.path())
          || ctx.config().service().as(UiFiles.Elsewhere.class) != null
          || keys.tenantOf(PresentedKey.in(request.headers())).isPresent()) {
        return delegate.serve(ctx, request);
      }
      return ApiErrors.response(
          HttpStatus.UNAUTHORIZED,
          "unauthenticated",
          "cannot accept request: no key or an unknown one; send a query key as Authorization: Bearer"
              + " KEY or x-api-key: KEY");
    };
  }
}
