package io.lodge.receive;

import com.linecorp.armeria.common.HttpHeaderNames;
import com.linecorp.armeria.common.HttpMethod;
import com.linecorp.armeria.common.RequestHeaders;
import com.linecorp.armeria.server.ServiceRequestContext;
import io.lodge.model.ContentEncoding;
import io.lodge.model.PayloadKind;
import org.jspecify.annotations.Nullable;

/**
 * Loki's push endpoint, {@code POST /loki/api/v1/push} and its older name. JSON may be compressed;
 * everything else is one snappy block of protobuf, whether a header says so or not.
 */
final class LokiPushRoute implements HttpRoute {
  private static final String PATH = "/loki/api/v1/push";
  private static final String LEGACY_PATH = "/api/prom/push";

  @Override
  public String help() {
    return "POST %s Loki streams, application/x-protobuf (snappy) or application/json"
        .formatted(PATH);
  }

  @Override
  public boolean takes(ServiceRequestContext ctx) {
    return ctx.path().equals(PATH) || ctx.path().equals(LEGACY_PATH);
  }

  @Override
  public Protocol protocol() {
    return Protocol.LOKI;
  }

  @Override
  public HttpWords words(RequestHeaders headers) {
    return TextWords.LOKI;
  }

  @Override
  public Plan plan(ServiceRequestContext ctx, RequestHeaders headers) {
    if (headers.method() != HttpMethod.POST) {
      return new Plan.Refuse(Refusals.notAPost(headers));
    }
    String name = headers.get(HttpHeaderNames.CONTENT_ENCODING, "");
    @Nullable ContentEncoding encoding = Encodings.named(name);
    boolean isJson = MediaTypes.of(headers).equals("application/json");
    if (isJson && encoding != null) {
      return new Plan.Read(PayloadKind.LOKI_JSON, encoding, "");
    }
    if (encoding == ContentEncoding.IDENTITY || encoding == ContentEncoding.SNAPPY) {
      return new Plan.Read(PayloadKind.LOKI_PROTOBUF, ContentEncoding.SNAPPY, "");
    }
    // 400, as Loki has it.
    return new Plan.Refuse(
        Reply.refuse(Reason.MALFORMED, "Content-Encoding \"%s\" not supported".formatted(name)));
  }
}
