package io.lodge.receive;

import com.linecorp.armeria.common.HttpHeaderNames;
import com.linecorp.armeria.common.HttpMethod;
import com.linecorp.armeria.common.RequestHeaders;
import com.linecorp.armeria.server.ServiceRequestContext;
import io.lodge.model.ContentEncoding;
import io.lodge.model.PayloadKind;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * As much of Elasticsearch as shippers need to start and to send: {@code _bulk}, who is there, the
 * licence, and "done" to the templates and policies they set up first, of which there are none.
 */
final class ElasticsearchRoute implements HttpRoute {
  private static final Pattern BULK =
      Pattern.compile("(?:/([^/_+-][^/\\\\*?\"<>| ,#]{0,126}))?/_bulk/?");

  /** What Filebeat, Logstash and their like ask for, or set up, before the first document. */
  private static final List<String> SETUP =
      List.of(
          "/_license",
          "/_xpack",
          "/_cluster/health",
          "/_nodes",
          "/_ilm/policy",
          "/_index_template",
          "/_component_template",
          "/_template",
          "/_data_stream",
          "/_ingest/pipeline");

  @Override
  public String help() {
    return "POST /_bulk, /INDEX/_bulk  Elasticsearch's bulk API, create and index, into wide events";
  }

  @Override
  public boolean takes(ServiceRequestContext ctx) {
    String path = ctx.path();
    if (path.equals("/")) {
      return switch (ctx.method()) {
        case HEAD -> true;
        case GET -> asksForElasticsearch(ctx.request().headers());
        default -> false;
      };
    }
    return BULK.matcher(path).matches() || isSetup(path);
  }

  /** A browser, or curl, is better served by the list of endpoints. */
  private static boolean asksForElasticsearch(RequestHeaders headers) {
    String agent = headers.get(HttpHeaderNames.USER_AGENT, "").toLowerCase(Locale.ROOT);
    return headers.get(HttpHeaderNames.ACCEPT, "").contains("json")
        || agent.contains("elastic")
        || agent.contains("beat")
        || agent.contains("logstash");
  }

  private static boolean isSetup(String path) {
    return SETUP.stream().anyMatch(of -> path.equals(of) || path.startsWith(of + "/"));
  }

  @Override
  public Protocol protocol() {
    return Protocol.ELASTICSEARCH;
  }

  @Override
  public HttpWords words(RequestHeaders headers) {
    return ElasticsearchWords.WORDS;
  }

  @Override
  public Plan plan(ServiceRequestContext ctx, RequestHeaders headers) {
    Matcher bulk = BULK.matcher(ctx.path());
    if (!bulk.matches()) {
      return new Plan.Answer(ElasticsearchWords.setup(ctx.path(), headers.method()));
    }
    if (headers.method() != HttpMethod.POST && headers.method() != HttpMethod.PUT) {
      return new Plan.Refuse(Refusals.notAPost(headers));
    }
    @Nullable ContentEncoding encoding =
        Encodings.named(headers.get(HttpHeaderNames.CONTENT_ENCODING));
    @Nullable String index = bulk.group(1);
    return encoding == null
        ? new Plan.Refuse(Refusals.encoding(headers))
        : new Plan.Read(PayloadKind.ELASTICSEARCH_BULK, encoding, index == null ? "" : index);
  }
}
