package io.lodge.receive;

import com.linecorp.armeria.common.HttpHeaderNames;
import com.linecorp.armeria.common.HttpMethod;
import com.linecorp.armeria.common.MediaType;
import com.linecorp.armeria.common.RequestHeaders;
import com.linecorp.armeria.server.ServiceRequestContext;
import io.lodge.model.ContentEncoding;
import io.lodge.model.PayloadKind;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Prometheus remote write, {@code POST /api/v1/write}: both versions, told apart by the {@code
 * proto} parameter of the content type. A body is one snappy block.
 */
final class RemoteWriteRoute implements HttpRoute {
  private static final String PATH = "/api/v1/write";
  private static final String V1 = "prometheus.WriteRequest";
  private static final String V2 = "io.prometheus.write.v2.Request";

  @Override
  public String help() {
    return "POST %s Prometheus remote write, %s or %s (snappy)".formatted(PATH, V1, V2);
  }

  @Override
  public boolean takes(ServiceRequestContext ctx) {
    return ctx.path().equals(PATH);
  }

  @Override
  public Protocol protocol() {
    return Protocol.REMOTE_WRITE;
  }

  @Override
  public HttpWords words(RequestHeaders headers) {
    return kind(headers) == PayloadKind.PROMETHEUS_WRITE_V2
        ? TextWords.PROMETHEUS_V2
        : TextWords.PROMETHEUS_V1;
  }

  @Override
  public Plan plan(ServiceRequestContext ctx, RequestHeaders headers) {
    if (headers.method() != HttpMethod.POST) {
      return new Plan.Refuse(Refusals.notAPost(headers));
    }
    @Nullable PayloadKind kind = kind(headers);
    if (kind == null) {
      return unsupported(
          "content type", headers.get(HttpHeaderNames.CONTENT_TYPE, ""), "application/x-protobuf");
    }
    String encoding = headers.get(HttpHeaderNames.CONTENT_ENCODING, "snappy");
    if (!encoding.strip().equalsIgnoreCase("snappy")) {
      return unsupported("content encoding", encoding, "snappy");
    }
    return new Plan.Read(kind, ContentEncoding.SNAPPY, "");
  }

  private static Plan unsupported(String what, String got, String want) {
    return new Plan.Refuse(
        Reply.refuse(
            Reason.UNSUPPORTED, "unexpected %s; got '%s' want %s".formatted(what, got, want)));
  }

  /** Which version it is; no parameter is the first, null is neither. */
  private static @Nullable PayloadKind kind(RequestHeaders headers) {
    @Nullable MediaType type = headers.contentType();
    if (type == null) {
      return headers.contains(HttpHeaderNames.CONTENT_TYPE)
          ? null
          : PayloadKind.PROMETHEUS_WRITE_V1;
    }
    if (!MediaTypes.of(headers).equals("application/x-protobuf")) {
      return null;
    }
    List<String> proto = type.parameters().getOrDefault("proto", List.of());
    return switch (proto.isEmpty() ? V1 : proto.getFirst()) {
      case V1 -> PayloadKind.PROMETHEUS_WRITE_V1;
      case V2 -> PayloadKind.PROMETHEUS_WRITE_V2;
      default -> null;
    };
  }
}
