package io.lodge.api;

import com.linecorp.armeria.common.HttpStatus;
import com.linecorp.armeria.server.DecoratingHttpServiceFunction;
import io.lodge.api.ask.Questions;
import io.lodge.base.net.KeyCheck;
import io.lodge.base.net.PresentedKey;
import java.util.Set;

/**
 * Asks for a query key, but not of probes nor for the UI's files, which hold no data; where data is
 * written, for an ingest key.
 */
final class KeyGuard {
  private static final Set<String> FREE = Set.of("/", "/healthz", "/readyz");

  private KeyGuard() {}

  static DecoratingHttpServiceFunction around(KeyCheck keys, KeyCheck writing) {
    return (delegate, ctx, request) -> {
      String presented = PresentedKey.in(request.headers());
      boolean writes = ctx.path().equals(Questions.writingPath());
      if (FREE.contains(ctx.path())
          || UiFiles.has(ctx.path())
          || ctx.config().service().as(UiFiles.Elsewhere.class) != null
          || (writes ? writing : keys).tenantOf(presented).isPresent()) {
        return delegate.serve(ctx, request);
      }
      return ApiErrors.response(
          HttpStatus.UNAUTHORIZED,
          "unauthenticated",
          "cannot accept request: no key or an unknown one; send %s key as Authorization: Bearer KEY or x-api-key: KEY"
              .formatted(writes ? "an ingest" : "a query"));
    };
  }
}
