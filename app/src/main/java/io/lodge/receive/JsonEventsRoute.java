package io.lodge.receive;

import com.linecorp.armeria.common.HttpHeaderNames;
import com.linecorp.armeria.common.HttpMethod;
import com.linecorp.armeria.common.RequestHeaders;
import com.linecorp.armeria.server.ServiceRequestContext;
import io.lodge.model.ContentEncoding;
import io.lodge.model.PayloadKind;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Wide events: {@code POST /v1/events/DATASET} with lines of JSON objects, an array of them, or
 * one. The content type is not asked: the body says what it is.
 */
final class JsonEventsRoute implements HttpRoute {
  private static final String PATH = "/v1/events/";

  /** At most what a payload's context holds, and nothing that a path or a query would escape. */
  private static final Pattern DATASET = Pattern.compile("[A-Za-z0-9_][A-Za-z0-9_.-]{0,127}");

  @Override
  public String help() {
    return "POST /v1/events/DATASET  wide events: lines of JSON objects, an array, or one";
  }

  @Override
  public boolean takes(ServiceRequestContext ctx) {
    return ctx.path().startsWith(PATH);
  }

  @Override
  public Protocol protocol() {
    return Protocol.JSON_EVENTS;
  }

  @Override
  public HttpWords words(RequestHeaders headers) {
    return JsonWords.EVENTS;
  }

  @Override
  public Plan plan(ServiceRequestContext ctx, RequestHeaders headers) {
    if (headers.method() != HttpMethod.POST) {
      return new Plan.Refuse(Refusals.notAPost(headers));
    }
    String dataset = ctx.path().substring(PATH.length());
    if (!DATASET.matcher(dataset).matches()) {
      return new Plan.Refuse(
          Reply.refuse(
              Reason.NO_SUCH_ENDPOINT,
              "unexpected dataset; got '%s' want 1 to 128 letters, digits, '_', '.' or '-'"
                  .formatted(dataset)));
    }
    @Nullable ContentEncoding encoding =
        Encodings.named(headers.get(HttpHeaderNames.CONTENT_ENCODING));
    return encoding == null
        ? new Plan.Refuse(Refusals.encoding(headers))
        : new Plan.Read(PayloadKind.JSON_EVENTS, encoding, dataset);
  }
}
