package io.lodge.receive;

import com.linecorp.armeria.common.HttpHeaderNames;
import com.linecorp.armeria.common.HttpMethod;
import com.linecorp.armeria.common.RequestHeaders;
import com.linecorp.armeria.server.ServiceRequestContext;
import io.lodge.model.ContentEncoding;
import org.jspecify.annotations.Nullable;

/** One signal of OTLP/HTTP, such as {@code POST /v1/logs}, in protobuf or JSON. */
final class OtlpHttpRoute implements HttpRoute {
  private final OtlpSignal signal;
  private final HttpWords inProtobuf = OtlpHttpWords.PROTOBUF;
  private final HttpWords inJson;

  OtlpHttpRoute(OtlpSignal signal) {
    this.signal = signal;
    inJson = OtlpHttpWords.json(signal);
  }

  @Override
  public String help() {
    return "POST %-12s %s, application/x-protobuf or application/json"
        .formatted(signal.path, signal.message);
  }

  @Override
  public boolean takes(ServiceRequestContext ctx) {
    return ctx.path().equals(signal.path);
  }

  @Override
  public Protocol protocol() {
    return Protocol.OTLP_HTTP;
  }

  @Override
  public HttpWords words(RequestHeaders headers) {
    // Who says neither is answered in text that a person can read.
    return isProtobuf(headers) ? inProtobuf : inJson;
  }

  @Override
  public Plan plan(ServiceRequestContext ctx, RequestHeaders headers) {
    if (headers.method() != HttpMethod.POST) {
      return new Plan.Refuse(Refusals.notAPost(headers));
    }
    boolean isJson = isJson(headers);
    if (!isJson && !isProtobuf(headers)) {
      return new Plan.Refuse(
          Reply.refuse(
              Reason.UNSUPPORTED,
              "unexpected content type; got '%s' want application/x-protobuf or application/json"
                  .formatted(MediaTypes.of(headers))));
    }
    @Nullable ContentEncoding encoding =
        Encodings.named(headers.get(HttpHeaderNames.CONTENT_ENCODING));
    return encoding == null
        ? new Plan.Refuse(Refusals.encoding(headers))
        : new Plan.Read(isJson ? signal.json : signal.protobuf, encoding, "");
  }

  private static boolean isProtobuf(RequestHeaders headers) {
    return MediaTypes.of(headers).equals("application/x-protobuf");
  }

  private static boolean isJson(RequestHeaders headers) {
    return MediaTypes.of(headers).equals("application/json");
  }
}
