package io.lodge.api;

import com.linecorp.armeria.common.HttpRequest;
import com.linecorp.armeria.common.HttpResponse;
import com.linecorp.armeria.common.HttpStatus;
import com.linecorp.armeria.common.MediaType;
import com.linecorp.armeria.server.HttpService;
import com.linecorp.armeria.server.ServiceRequestContext;
import io.lodge.api.ask.Questions;
import java.util.List;
import java.util.stream.Collectors;

/** {@code GET /}: what there is to ask. */
final class RootPage implements HttpService {
  private static final String PAGE =
      """
      Lodge: logs, traces, metrics and events in ClickHouse.

      %s
        POST /api/sql             body: one SQL statement; ?format=JSONEachRow (any ClickHouse format)
                                  and ?param_name=value for {name:Type}; ?stream=1: rows and
                                  progress as lines of JSON
        GET  /api/queries/{id}    why an answer of /api/sql broke off
        GET  /api/openapi.json    all of this in OpenAPI 3.1; docs/api.md is for people
        GET  /healthz             the process is alive
        GET  /readyz              what is ready and what is not, and why
        GET  /metrics             for Prometheus
      """;

  private final String page;

  RootPage(List<Questions.Endpoint> questions) {
    page =
        PAGE.formatted(
            questions.stream()
                .map(question ->
                    "  %-4s %-20s %s"
                        .formatted(question.method(), question.path(), question.what()))
                .collect(Collectors.joining("\n")));
  }

  @Override
  public HttpResponse serve(ServiceRequestContext ctx, HttpRequest request) {
    return HttpResponse.of(HttpStatus.OK, MediaType.PLAIN_TEXT_UTF_8, page);
  }
}
