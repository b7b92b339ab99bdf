package io.lodge.api;

import com.linecorp.armeria.common.AggregatedHttpResponse;
import com.linecorp.armeria.common.ContentTooLargeException;
import com.linecorp.armeria.common.HttpData;
import com.linecorp.armeria.common.HttpResponse;
import com.linecorp.armeria.common.HttpStatus;
import com.linecorp.armeria.common.MediaType;
import com.linecorp.armeria.common.RequestHeaders;
import com.linecorp.armeria.server.HttpStatusException;
import com.linecorp.armeria.server.ServerErrorHandler;
import com.linecorp.armeria.server.ServiceConfig;
import com.linecorp.armeria.server.ServiceRequestContext;
import java.util.Locale;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.core.io.JsonStringEncoder;

/** Every error of the API: {@code {"error":{"code":"…","message":"…","clickhouse_code":N}}}. */
final class ApiErrors implements ServerErrorHandler {
  private static final Logger LOG = LoggerFactory.getLogger(ApiErrors.class);

  /** What data is often sent to at the wrong port. */
  private static final Pattern INGEST =
      Pattern.compile("^/(v1/|loki/|_bulk|api/v1/write|api/v2/spans|capture|batch)");

  static HttpResponse response(HttpStatus status, String code, String message) {
    return HttpResponse.of(status, MediaType.JSON, body(code, message, 0));
  }

  /**
   * @param clickhouseCode left out when 0
   */
  static HttpData body(String code, String message, int clickhouseCode) {
    String number = clickhouseCode == 0 ? "" : ",\"clickhouse_code\":" + clickhouseCode;
    return HttpData.ofUtf8(
        "{\"error\":{\"code\":%s,\"message\":%s%s}}\n"
            .formatted(quoted(code), quoted(message), number));
  }

  static String quoted(String text) {
    return '"' + new String(JsonStringEncoder.getInstance().quoteAsCharArray(text)) + '"';
  }

  /** What Armeria or an endpoint threw. */
  @Override
  public HttpResponse onServiceException(ServiceRequestContext ctx, Throwable cause) {
    if (tooLarge(cause)) {
      return response(
          HttpStatus.REQUEST_ENTITY_TOO_LARGE,
          "too_large",
          "cannot take statement: it is larger than %d B".formatted(SqlEndpoint.BODY_BYTES_MAX));
    }
    if (cause instanceof HttpStatusException status) {
      HttpStatus answer = status.httpStatus();
      return response(answer, codeOf(answer), message(answer, ctx.request().headers()));
    }
    LOG.warn("cannot answer {}: {}", ctx.path(), cause.toString());
    return response(HttpStatus.INTERNAL_SERVER_ERROR, "internal", "cannot answer: " + cause);
  }

  /** What never became a request of ours: a malformed one. */
  @Override
  public AggregatedHttpResponse renderStatus(
      @Nullable ServiceRequestContext ctx,
      ServiceConfig config,
      @Nullable RequestHeaders headers,
      HttpStatus status,
      @Nullable String description,
      @Nullable Throwable cause) {
    String message = description == null ? message(status, headers) : description;
    return AggregatedHttpResponse.of(status, MediaType.JSON, body(codeOf(status), message, 0));
  }

  private static String message(HttpStatus status, @Nullable RequestHeaders headers) {
    boolean unknown = status.equals(HttpStatus.NOT_FOUND);
    if (headers == null || !(unknown || status.equals(HttpStatus.METHOD_NOT_ALLOWED))) {
      return status.reasonPhrase();
    }
    String path = headers.path().replaceFirst("\\?.*", "");
    if (INGEST.matcher(path).find()) {
      return "cannot take %s here: this is the API; send data to receive.otlp.http, by default port 4318"
          .formatted(path);
    }
    return "cannot answer %s %s: %s; docs/api.md lists them"
        .formatted(
            headers.method(), path, unknown ? "no such endpoint" : "it is asked by another method");
  }

  private static boolean tooLarge(Throwable cause) {
    return cause instanceof ContentTooLargeException
        || cause.getCause() instanceof ContentTooLargeException;
  }

  private static String codeOf(HttpStatus status) {
    return status.reasonPhrase().toLowerCase(Locale.ROOT).replace(' ', '_');
  }
}
