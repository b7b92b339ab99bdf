package io.lodge.api;

import com.linecorp.armeria.common.AggregatedHttpRequest;
import com.linecorp.armeria.common.HttpRequest;
import com.linecorp.armeria.common.HttpResponse;
import com.linecorp.armeria.common.HttpResponseWriter;
import com.linecorp.armeria.common.HttpStatus;
import com.linecorp.armeria.common.QueryParams;
import com.linecorp.armeria.server.HttpService;
import com.linecorp.armeria.server.ServiceRequestContext;
import io.lodge.query.run.QueryLimits;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * {@code POST /api/sql}: the body is one statement in UTF-8; {@code format} names the answer's
 * format, {@code param_x} the value of {@code {x:Type}}.
 */
final class SqlEndpoint implements HttpService {
  static final int BODY_BYTES_MAX = 1 << 20;
  private static final Pattern FORMAT = Pattern.compile("\\w{1,64}");
  private static final String PARAMETER = "param_";

  private final SqlSource source;
  private final QueryLimits limits;
  private final RecentQueries recent;
  private final HttpService lines;

  /**
   * @param lines answers {@code stream=1}
   */
  SqlEndpoint(SqlSource source, QueryLimits limits, RecentQueries recent, HttpService lines) {
    this.source = source;
    this.limits = limits;
    this.recent = recent;
    this.lines = lines;
  }

  @Override
  public HttpResponse serve(ServiceRequestContext ctx, HttpRequest request) throws Exception {
    if ("1".equals(ctx.queryParam("stream"))) {
      return lines.serve(ctx, request);
    }
    return HttpResponse.of(request.aggregate().thenApply(whole -> start(ctx, whole)));
  }

  private HttpResponse start(ServiceRequestContext ctx, AggregatedHttpRequest request) {
    SqlRequest sql;
    try {
      sql = parse(request, ctx.queryParams());
    } catch (BadRequest e) {
      return ApiErrors.response(HttpStatus.BAD_REQUEST, "bad_request", e.why);
    }
    HttpResponseWriter answer = HttpResponse.streaming();
    Thread runner =
        Thread.ofVirtual()
            .name("sql-" + ctx.id().shortText())
            .unstarted(new SqlStream(source, sql, answer, recent));
    // Whatever ends the answer early (the client left, the gateway stops) ends the query.
    var _ =
        answer
            .whenComplete()
            .whenComplete((done, cause) -> {
              if (cause != null) {
                runner.interrupt();
              }
            });
    runner.start();
    return answer;
  }

  private SqlRequest parse(AggregatedHttpRequest request, QueryParams query) throws BadRequest {
    Map<String, String> parameters = new HashMap<>();
    String format = "";
    for (Map.Entry<String, String> entry : query) {
      String name = entry.getKey();
      if (name.equals("format") && FORMAT.matcher(entry.getValue()).matches()) {
        format = entry.getValue();
      } else if (name.startsWith(PARAMETER) && name.length() > PARAMETER.length()) {
        parameters.put(name.substring(PARAMETER.length()), entry.getValue());
      } else {
        throw new BadRequest(
            "unexpected query parameter; got %s=%s want format=NAME or param_NAME=VALUE"
                .formatted(name, entry.getValue()));
      }
    }
    return new SqlRequest(textOf(request), parameters, format, limits.settings());
  }

  private static String textOf(AggregatedHttpRequest request) throws BadRequest {
    ByteBuffer bytes = ByteBuffer.wrap(request.content().array());
    try {
      String sql = StandardCharsets.UTF_8.newDecoder().decode(bytes).toString();
      if (sql.isBlank()) {
        throw new BadRequest("unexpected empty body; want one SQL statement");
      }
      return sql;
    } catch (CharacterCodingException e) {
      throw new BadRequest(
          "unexpected byte in SQL at offset %d: not UTF-8".formatted(bytes.position()));
    }
  }

  private static final class BadRequest extends Exception {
    private static final long serialVersionUID = 1L;
    private final String why;

    BadRequest(String why) {
      super(why);
      this.why = why;
    }
  }
}
