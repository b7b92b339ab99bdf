package io.lodge.api;

import com.linecorp.armeria.common.HttpRequest;
import com.linecorp.armeria.common.HttpResponse;
import com.linecorp.armeria.common.HttpStatus;
import com.linecorp.armeria.common.MediaType;
import com.linecorp.armeria.server.HttpService;
import com.linecorp.armeria.server.ServiceRequestContext;
import io.lodge.api.ask.FaultJson;
import io.lodge.query.run.QueryFault;

/** {@code GET /api/queries/{id}}: what became of a statement whose answer broke off. */
final class QueryEndpoint implements HttpService {
  private final RecentQueries recent;

  QueryEndpoint(RecentQueries recent) {
    this.recent = recent;
  }

  @Override
  public HttpResponse serve(ServiceRequestContext ctx, HttpRequest request) {
    String id = String.valueOf(ctx.pathParam("id"));
    return recent
        .of(id)
        .map(state -> HttpResponse.of(HttpStatus.OK, MediaType.JSON, json(id, state)))
        .orElseGet(() ->
            ApiErrors.response(
                HttpStatus.NOT_FOUND,
                "not_found",
                "cannot find query %s: it is none of the last that POST /api/sql began to answer"
                    .formatted(id)));
  }

  private static String json(String id, RecentQueries.State state) {
    String word =
        switch (state) {
          case RecentQueries.State.Running running -> "running";
          case RecentQueries.State.Finished finished -> "finished";
          case RecentQueries.State.Cancelled cancelled -> "cancelled";
          case RecentQueries.State.Failed failed -> "failed";
        };
    String error = state instanceof RecentQueries.State.Failed failed ? error(failed) : "null";
    return "{\"id\":%s,\"state\":\"%s\",\"error\":%s}\n"
        .formatted(ApiErrors.quoted(id), word, error);
  }

  private static String error(RecentQueries.State.Failed failed) {
    SqlReply.Refused why = failed.why();
    return "{\"code\":\"%s\",\"message\":%s,\"clickhouse_code\":%d}"
        .formatted(
            FaultJson.code(QueryFault.kindOfTyped(why.clickhouseCode())),
            ApiErrors.quoted(why.message()),
            why.clickhouseCode());
  }
}
