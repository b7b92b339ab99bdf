package io.lodge.api;

import com.linecorp.armeria.common.HttpRequest;
import com.linecorp.armeria.common.HttpResponse;
import com.linecorp.armeria.common.HttpStatus;
import com.linecorp.armeria.common.MediaType;
import com.linecorp.armeria.server.ServiceRequestContext;

/** Pages that are always the same. */
final class StatusPages {
  private static final String ROOT =
      """
      Lodge: logs, traces, metrics and events in ClickHouse.

        POST /api/sql    body: one SQL statement; ?format=JSONEachRow (any ClickHouse format)
                         and ?param_name=value for {name:Type}
        GET  /healthz    the process is alive
        GET  /readyz     what is ready and what is not, and why
        GET  /metrics    for Prometheus
      """;

  private StatusPages() {}

  static HttpResponse root(ServiceRequestContext ctx, HttpRequest request) {
    return HttpResponse.of(HttpStatus.OK, MediaType.PLAIN_TEXT_UTF_8, ROOT);
  }

  static HttpResponse health(ServiceRequestContext ctx, HttpRequest request) {
    return HttpResponse.of(HttpStatus.OK, MediaType.PLAIN_TEXT_UTF_8, "ok\n");
  }
}
