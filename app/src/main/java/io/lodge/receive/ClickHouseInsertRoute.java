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
 * The one statement of ClickHouse's HTTP interface that HIP-47's producers send: {@code POST
 * /?query=INSERT INTO events FORMAT JSONEachRow}. Batches of any size are good: the gateway makes
 * large blocks of them. Other parameters, such as settings and a database, are not asked.
 */
final class ClickHouseInsertRoute implements HttpRoute {
  private static final Pattern INSERT =
      Pattern.compile(
          "\\s*INSERT\\s+INTO\\s+(TABLE\\s+)?(`?\\w+`?\\.)?`?events`?\\s*(\\([\\w\\s,`]*\\))?"
              + "\\s+FORMAT\\s+JSONEachRow\\s*;?\\s*",
          Pattern.CASE_INSENSITIVE);

  @Override
  public String help() {
    return "POST /?query=INSERT INTO events FORMAT JSONEachRow  product-analytics events (HIP-47)";
  }

  @Override
  public boolean takes(ServiceRequestContext ctx) {
    return (ctx.path().equals("/") && ctx.queryParam("query") != null)
        || ctx.path().equals("/ping");
  }

  @Override
  public Protocol protocol() {
    return Protocol.CLICKHOUSE_HTTP;
  }

  @Override
  public HttpWords words(RequestHeaders headers) {
    return ClickHouseWords.WORDS;
  }

  @Override
  public Plan plan(ServiceRequestContext ctx, RequestHeaders headers) {
    if (ctx.path().equals("/ping")) {
      return new Plan.Answer(ClickHouseWords.ok());
    }
    if (headers.method() != HttpMethod.POST) {
      return new Plan.Refuse(Refusals.notAPost(headers));
    }
    @Nullable String query = ctx.queryParam("query");
    if (query == null || !INSERT.matcher(query).matches()) {
      return new Plan.Refuse(
          Reply.refuse(
              Reason.NO_SUCH_ENDPOINT,
              "cannot run this query here: this address only takes"
                  + " INSERT INTO events FORMAT JSONEachRow; ask ClickHouse itself, or api.listen"));
    }
    @Nullable ContentEncoding encoding =
        Encodings.named(headers.get(HttpHeaderNames.CONTENT_ENCODING));
    return encoding == null
        ? new Plan.Refuse(Refusals.encoding(headers))
        : new Plan.Read(PayloadKind.ANALYTICS_ROWS, encoding, "");
  }
}
