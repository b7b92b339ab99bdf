package io.lodge.base.net;

import com.linecorp.armeria.common.HttpHeaderNames;
import com.linecorp.armeria.common.HttpHeaders;
import io.netty.util.AsciiString;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import org.jspecify.annotations.Nullable;

/**
 * Finds the key in a request, wherever its client is able to put one: {@code Authorization: Bearer
 * KEY}, {@code ApiKey KEY} (Elasticsearch's clients; as it is, or as base64 of {@code id:KEY}) or
 * {@code Basic} with the key as the password; {@code x-api-key: KEY}; {@code X-ClickHouse-Key:
 * KEY}.
 */
public final class PresentedKey {
  private static final AsciiString API_KEY = HttpHeaderNames.of("x-api-key");
  private static final AsciiString CLICKHOUSE_KEY = HttpHeaderNames.of("x-clickhouse-key");

  private PresentedKey() {}

  /** The key as sent; empty if there is none. {@code Authorization} goes before the others. */
  public static String in(HttpHeaders headers) {
    String authorization = headers.get(HttpHeaderNames.AUTHORIZATION, "");
    int blank = authorization.indexOf(' ');
    if (blank > 0) {
      String scheme = authorization.substring(0, blank);
      String credentials = authorization.substring(blank + 1).strip();
      if (scheme.equalsIgnoreCase("Bearer")) {
        return credentials;
      }
      if (scheme.equalsIgnoreCase("ApiKey")) {
        return secondHalf(credentials, credentials);
      }
      if (scheme.equalsIgnoreCase("Basic")) {
        return secondHalf(credentials, "");
      }
    }
    @Nullable String apiKey = headers.get(API_KEY);
    return (apiKey == null ? headers.get(CLICKHOUSE_KEY, "") : apiKey).strip();
  }

  /** What follows the colon in base64. */
  private static String secondHalf(String credentials, String otherwise) {
    try {
      String plain = new String(Base64.getDecoder().decode(credentials), StandardCharsets.UTF_8);
      int colon = plain.indexOf(':');
      return colon < 0 ? otherwise : plain.substring(colon + 1);
    } catch (IllegalArgumentException noBase64) {
      return otherwise;
    }
  }
}
