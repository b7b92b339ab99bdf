package io.lodge.e2e;

import com.linecorp.armeria.client.ClientFactory;
import com.linecorp.armeria.client.UnprocessedRequestException;
import com.linecorp.armeria.client.WebClient;
import com.linecorp.armeria.common.AggregatedHttpResponse;
import com.linecorp.armeria.common.HttpData;
import com.linecorp.armeria.common.HttpHeaders;
import com.linecorp.armeria.common.HttpMethod;
import com.linecorp.armeria.common.HttpRequest;
import com.linecorp.armeria.common.RequestHeaders;
import java.net.URI;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.concurrent.CompletionException;

/**
 * One connection over which requests go one after the other. Nothing is repeated behind the
 * caller's back, which is why this is no OTLP exporter.
 */
final class OtlpConnection implements AutoCloseable {
  private static final String EXPORT = "/opentelemetry.proto.collector.logs.v1.LogsService/Export";
  private static final String UNAVAILABLE = "14";
  private static final String RESOURCE_EXHAUSTED = "8";

  private final ClientFactory connections = ClientFactory.builder().workerGroup(1).build();
  private final WebClient client;
  private final boolean grpc;

  private OtlpConnection(String url, boolean grpc) {
    client =
        WebClient.builder(url)
            .factory(connections)
            .responseTimeout(Waiting.LONG)
            .writeTimeout(Waiting.LONG)
            .build();
    this.grpc = grpc;
  }

  static OtlpConnection http(URI url) {
    return new OtlpConnection("h1c://" + url.getAuthority(), false);
  }

  static OtlpConnection grpc(URI url) {
    return new OtlpConnection("h2c://" + url.getAuthority(), true);
  }

  /** Sends an ExportLogsServiceRequest in protobuf. */
  Reply send(byte[] request) {
    try {
      AggregatedHttpResponse answer =
          client.execute(grpc ? grpcCall(request) : httpCall(request)).aggregate().join();
      return grpc ? grpcReply(answer) : httpReply(answer);
    } catch (CompletionException e) {
      Throwable cause = e.getCause() == null ? e : e.getCause();
      return cause instanceof UnprocessedRequestException
          ? new Reply.NotSent(cause.toString())
          : new Reply.Unknown(cause.toString());
    }
  }

  private static HttpRequest httpCall(byte[] request) {
    return HttpRequest.of(
        RequestHeaders.of(HttpMethod.POST, "/v1/logs", "content-type", "application/x-protobuf"),
        HttpData.wrap(request));
  }

  private static HttpRequest grpcCall(byte[] request) {
    byte[] frame =
        ByteBuffer.allocate(5 + request.length)
            .put((byte) 0)
            .putInt(request.length)
            .put(request)
            .array();
    return HttpRequest.of(
        RequestHeaders.of(
            HttpMethod.POST, EXPORT, "content-type", "application/grpc", "te", "trailers"),
        HttpData.wrap(frame));
  }

  private static Reply httpReply(AggregatedHttpResponse answer) {
    return switch (answer.status().code()) {
      case 200 -> new Reply.Acknowledged();
      case 429, 503 ->
          new Reply.Refused(
              Duration.ofSeconds(Long.parseLong(answer.headers().get("retry-after", "-1"))),
              answer.contentUtf8());
      default -> new Reply.Unknown(answer.status() + " " + answer.contentUtf8());
    };
  }

  private static Reply grpcReply(AggregatedHttpResponse answer) {
    HttpHeaders trailers =
        answer.trailers().contains("grpc-status") ? answer.trailers() : answer.headers();
    String message = trailers.get("grpc-message", "");
    return switch (trailers.get("grpc-status", "none")) {
      case "0" -> new Reply.Acknowledged();
      case UNAVAILABLE, RESOURCE_EXHAUSTED -> new Reply.Refused(Duration.ofSeconds(1), message);
      default -> new Reply.Unknown("status " + trailers + message);
    };
  }

  @Override
  public void close() {
    connections.close();
  }
}
