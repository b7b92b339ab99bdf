package io.lodge.receive;

import com.linecorp.armeria.common.HttpResponse;
import com.linecorp.armeria.common.HttpStatus;
import com.linecorp.armeria.common.MediaType;
import com.linecorp.armeria.common.RequestHeaders;
import com.linecorp.armeria.server.ServiceRequestContext;

/** {@code GET /ready}, which Loki's agents and charts ask before they push. */
final class LokiReadyRoute implements HttpRoute {

  @Override
  public String help() {
    return "GET  /ready whether it takes data, as Loki says it";
  }

  @Override
  public boolean takes(ServiceRequestContext ctx) {
    return ctx.path().equals("/ready");
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
    return new Plan.Answer(HttpResponse.of(HttpStatus.OK, MediaType.PLAIN_TEXT_UTF_8, "ready\n"));
  }
}
