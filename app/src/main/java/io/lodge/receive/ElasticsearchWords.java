package io.lodge.receive;

import com.linecorp.armeria.common.HttpData;
import com.linecorp.armeria.common.HttpHeaderNames;
import com.linecorp.armeria.common.HttpMethod;
import com.linecorp.armeria.common.HttpResponse;
import com.linecorp.armeria.common.MediaType;
import com.linecorp.armeria.common.ResponseHeaders;
import com.linecorp.armeria.common.ResponseHeadersBuilder;
import io.netty.util.AsciiString;

/** Elasticsearch's answers. Source: Elasticsearch 8, "Bulk API" and "Info API". */
final class ElasticsearchWords implements HttpWords {
  static final ElasticsearchWords WORDS = new ElasticsearchWords();

  /** Without it the official clients refuse to go on. */
  private static final AsciiString PRODUCT = HttpHeaderNames.of("X-Elastic-Product");

  /** What its clients compare with their own version: they send to the same or a newer one. */
  private static final String VERSION = "9.9.0";

  private static final String INFO =
      """
      {"name":"lodge","cluster_name":"lodge","cluster_uuid":"lodge","version":{"number":"%s",\
      "build_flavor":"default","build_type":"tar","build_hash":"lodge",\
      "build_date":"2026-01-01T00:00:00Z","build_snapshot":false,"lucene_version":"10.0.0",\
      "minimum_wire_compatibility_version":"8.19.0","minimum_index_compatibility_version":"8.0.0"},\
      "tagline":"You Know, for Search"}\
      """
          .formatted(VERSION);

  private static final String LICENSE =
      """
      {"license":{"status":"active","uid":"lodge","type":"basic","issue_date_in_millis":0,\
      "expiry_date_in_millis":4102444800000,"issued_to":"lodge","issuer":"lodge"}}\
      """;

  private ElasticsearchWords() {}

  @Override
  public HttpResponse say(Reply reply) {
    return switch (reply) {
      case Reply.Stored it ->
          yes("{\"took\":0,\"errors\":%s,\"items\":[%s]}".formatted(it.rejected() > 0, it.items()));
      case Reply.Refused it -> refuse(it);
    };
  }

  /** The answer to what is asked or set up before documents come. */
  static HttpResponse setup(String path, HttpMethod method) {
    if (method == HttpMethod.HEAD) {
      return HttpResponse.of(headers(200).build());
    }
    if (path.equals("/")) {
      return yes(INFO);
    }
    if (path.equals("/_license")) {
      return yes(LICENSE);
    }
    if (path.startsWith("/_cluster/health")) {
      return yes("{\"cluster_name\":\"lodge\",\"status\":\"green\",\"timed_out\":false}");
    }
    // Every field is stored whatever a template says: there is nothing to set up.
    return yes(method == HttpMethod.GET ? "{}" : "{\"acknowledged\":true}");
  }

  private static HttpResponse yes(String json) {
    return HttpResponse.of(headers(200).build(), HttpData.ofUtf8(json));
  }

  private static ResponseHeadersBuilder headers(int status) {
    return ResponseHeaders.builder(status)
        .contentType(MediaType.JSON)
        .set(PRODUCT, "Elasticsearch");
  }

  private static HttpResponse refuse(Reply.Refused refused) {
    String cause =
        "\"type\":\"%s\",\"reason\":%s"
            .formatted(type(refused.reason()), JsonText.quoted(refused.message()));
    return HttpResponse.of(
        RefusalHeaders.builder(refused, MediaType.JSON).set(PRODUCT, "Elasticsearch").build(),
        HttpData.ofUtf8(
            "{\"error\":{\"root_cause\":[{%s}],%s},\"status\":%d}"
                .formatted(cause, cause, refused.reason().httpStatus)));
  }

  private static String type(Reason reason) {
    return switch (reason) {
      case RETRY_LATER -> "es_rejected_execution_exception";
      case MAYBE_KEPT -> "timeout_exception";
      case UNAUTHENTICATED -> "security_exception";
      case TOO_LARGE -> "content_too_long_exception";
      case MALFORMED, UNSUPPORTED, NO_SUCH_ENDPOINT, NOT_A_POST, BAD_FLAGS, NOT_ONE_MESSAGE ->
          "illegal_argument_exception";
    };
  }
}
