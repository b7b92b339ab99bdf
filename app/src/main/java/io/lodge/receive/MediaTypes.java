package io.lodge.receive;

import com.linecorp.armeria.common.HttpHeaderNames;
import com.linecorp.armeria.common.RequestHeaders;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** What a request says its body is. */
final class MediaTypes {
  private MediaTypes() {}

  /** The content type without parameters, in lower case; empty if there is none. */
  static String of(RequestHeaders headers) {
    @Nullable String type = headers.get(HttpHeaderNames.CONTENT_TYPE);
    if (type == null) {
      return "";
    }
    int end = type.indexOf(';');
    return (end < 0 ? type : type.substring(0, end)).strip().toLowerCase(Locale.ROOT);
  }
}
