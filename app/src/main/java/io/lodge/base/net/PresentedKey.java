package io.lodge.base.net;

import com.linecorp.armeria.common.HttpHeaderNames;
import com.linecorp.armeria.common.HttpHeaders;
import io.netty.util.AsciiString;
import org.jspecify.annotations.Nullable;

/** Finds the key in a request: {@code Authorization: Bearer KEY} or {@code x-api-key: KEY}. */
public final class PresentedKey {
  private static final AsciiString API_KEY = HttpHeaderNames.of("x-api-key");
  private static final String SCHEME = "Bearer ";

  private PresentedKey() {}

  /** The key as sent; empty if there is none. A bearer token goes before {@code x-api-key}. */
  public static String in(HttpHeaders headers) {
    @Nullable String authorization = headers.get(HttpHeaderNames.AUTHORIZATION);
    if (authorization != null && authorization.regionMatches(true, 0, SCHEME, 0, SCHEME.length())) {
      return authorization.substring(SCHEME.length()).strip();
    }
    @Nullable String apiKey = headers.get(API_KEY);
    return apiKey == null ? "" : apiKey.strip();
  }
}
