package io.lodge.receive;

import com.linecorp.armeria.common.HttpData;
import com.linecorp.armeria.common.HttpResponse;
import com.linecorp.armeria.common.MediaType;
import com.linecorp.armeria.common.ResponseHeaders;
import com.linecorp.armeria.common.ResponseHeadersBuilder;
import java.util.function.BiConsumer;

/**
 * Answers as Loki, Prometheus and Zipkin give them: a status without a body when all is stored, and
 * a line of text otherwise. A request of which some records went to the dead letters is a 400, as
 * there: its other records are stored, and no client sends it again.
 */
final class TextWords implements HttpWords {
  static final TextWords LOKI = new TextWords(204, (reply, headers) -> {});
  static final TextWords PROMETHEUS_V1 = new TextWords(204, (reply, headers) -> {});

  /** Says what was written (Remote-Write 2.0, "Required Written Response Headers"). */
  static final TextWords PROMETHEUS_V2 = new TextWords(204, TextWords::written);

  static final TextWords ZIPKIN = new TextWords(202, (reply, headers) -> {});

  private final int success;
  private final BiConsumer<Reply, ResponseHeadersBuilder> more;

  private TextWords(int success, BiConsumer<Reply, ResponseHeadersBuilder> more) {
    this.success = success;
    this.more = more;
  }

  @Override
  public HttpResponse say(Reply reply) {
    return switch (reply) {
      case Reply.Stored stored when stored.rejected() == 0 -> {
        ResponseHeadersBuilder headers = ResponseHeaders.builder(success);
        more.accept(reply, headers);
        yield HttpResponse.of(headers.build());
      }
      case Reply.Stored stored -> {
        ResponseHeadersBuilder headers =
            ResponseHeaders.builder(400).contentType(MediaType.PLAIN_TEXT_UTF_8);
        more.accept(reply, headers);
        yield text(headers, stored.reason());
      }
      case Reply.Refused refused -> {
        ResponseHeadersBuilder headers =
            RefusalHeaders.builder(refused, MediaType.PLAIN_TEXT_UTF_8);
        more.accept(reply, headers);
        yield text(headers, refused.message());
      }
    };
  }

  private static HttpResponse text(ResponseHeadersBuilder headers, String line) {
    return HttpResponse.of(headers.build(), HttpData.ofUtf8(line + "\n"));
  }

  private static void written(Reply reply, ResponseHeadersBuilder headers) {
    String counts = reply instanceof Reply.Stored stored ? stored.items() : "";
    String[] each = counts.isEmpty() ? new String[] {"0", "0", "0"} : counts.split(" ", -1);
    headers.set("X-Prometheus-Remote-Write-Samples-Written", each[0]);
    headers.set("X-Prometheus-Remote-Write-Histograms-Written", each[1]);
    headers.set("X-Prometheus-Remote-Write-Exemplars-Written", each[2]);
  }
}
