package io.lodge.receive;

import com.linecorp.armeria.common.HttpHeaderNames;
import com.linecorp.armeria.common.HttpMethod;
import com.linecorp.armeria.common.RequestHeaders;
import com.linecorp.armeria.server.ServiceRequestContext;
import io.lodge.model.ContentEncoding;
import io.lodge.model.PayloadKind;
import org.jspecify.annotations.Nullable;

/** Zipkin's {@code POST /api/v2/spans}, a list of spans in JSON or protobuf. */
final class ZipkinRoute implements HttpRoute {
  private static final String PATH = "/api/v2/spans";

  @Override
  public String help() {
    return "POST %s Zipkin v2 spans, application/json or application/x-protobuf".formatted(PATH);
  }

  @Override
  public boolean takes(ServiceRequestContext ctx) {
    return ctx.path().equals(PATH);
  }

  @Override
  public Protocol protocol() {
    return Protocol.ZIPKIN;
  }

  @Override
  public HttpWords words(RequestHeaders headers) {
    return TextWords.ZIPKIN;
  }

  @Override
  public Plan plan(ServiceRequestContext ctx, RequestHeaders headers) {
    if (headers.method() != HttpMethod.POST) {
      return new Plan.Refuse(Refusals.notAPost(headers));
    }
    @Nullable ContentEncoding encoding =
        Encodings.named(headers.get(HttpHeaderNames.CONTENT_ENCODING));
    if (encoding == null) {
      return new Plan.Refuse(Refusals.encoding(headers));
    }
    // As Zipkin's own server: what is not protobuf is JSON.
    boolean isProtobuf = MediaTypes.of(headers).equals("application/x-protobuf");
    return new Plan.Read(
        isProtobuf ? PayloadKind.ZIPKIN_PROTOBUF : PayloadKind.ZIPKIN_JSON, encoding, "");
  }
}
