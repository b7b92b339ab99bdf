package io.lodge.base.net;

import com.linecorp.armeria.common.HttpHeaderNames;
import com.linecorp.armeria.common.HttpHeaders;
import io.netty.util.AsciiString;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import org.jspecify.annotations.Nullable;

/**
 * Finds the key in a request: {@code Authorization: Bearer KEY}, {@code x-api-key: KEY}, or the
 * password of {@code Authorization: Basic}, with any user name: what agents of Prometheus and Loki
 * can send.
 */
public final class PresentedKey {
  private static final AsciiString API_KEY = HttpHeaderNames.of("x-api-key");
  private static final String BEARER = "Bearer ";
  private static final String BASIC = "Basic ";

  private PresentedKey() {}

  /** The key as sent; empty if there is none. {@code Authorization} goes before the other. */
  public static String in(HttpHeaders headers) {
    @Nullable String authorization = headers.get(HttpHeaderNames.AUTHORIZATION);
    if (authorization != null && hasScheme(authorization, BEARER)) {
      return authorization.substring(BEARER.length()).strip();
    }
    if (authorization != null && hasScheme(authorization, BASIC)) {
      return password(authorization.substring(BASIC.length()).strip());
    }
    @Nullable String apiKey = headers.get(API_KEY);
    return apiKey == null ? "" : apiKey.strip();
  }

  private static boolean hasScheme(String authorization, String scheme) {
    return authorization.regionMatches(true, 0, scheme, 0, scheme.length());
  }

  /** What follows the first colon of the credentials; empty if they are none. */
  private static String password(String base64) {
    try {
      String credentials = new String(Base64.getDecoder().decode(base64), StandardCharsets.UTF_8);
      int colon = credentials.indexOf(':');
      return colon < 0 ? "" : credentials.substring(colon + 1);
    } catch (IllegalArgumentException notBase64) {
      return "";
    }
  }
}
