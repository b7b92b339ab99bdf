package io.lodge.clickhouse;

import java.io.IOException;
import java.io.InputStream;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * Sends requests to the first URL that takes a connection, beginning with the one that last did.
 *
 * <p>Connections are kept. ClickHouse closes idle ones (26.x after 30 s, older servers after 3 or
 * 10 s), which the pool notices, except in the moment between the close and its notice: a request
 * sent then gets no byte of an answer. Such a request is sent once more at once. It cannot be told
 * from one that arrived and whose answer was lost, so everything sent here must bear repetition:
 * inserts do by their token, queries read, and DDL says IF EXISTS or IF NOT EXISTS.
 */
final class Transport implements AutoCloseable {
  /** As good as none: clocks in nanoseconds still hold it. */
  static final Duration NO_END = Duration.ofDays(365);

  private final ClickHouseEndpoints endpoints;
  private final HttpClient http;
  private final AtomicInteger preferred = new AtomicInteger();

  Transport(ClickHouseEndpoints endpoints) {
    this.endpoints = endpoints;
    this.http =
        HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1) // ClickHouse speaks nothing newer
            .connectTimeout(endpoints.connectTimeout())
            .build();
  }

  /** No URL takes a connection: nothing was sent. */
  static final class Unreachable extends IOException {
    private static final long serialVersionUID = 1;

    Unreachable(List<URI> urls, @Nullable IOException last) {
      super(
          "cannot reach ClickHouse at any of %s: %s; check that it runs and clickhouse.url"
              .formatted(urls, cause(last)),
          last);
    }

    private static String cause(@Nullable IOException last) {
      String message = last == null ? null : last.getMessage();
      return message == null ? "connection refused" : message;
    }
  }

  /**
   * Posts a body and answers with headers and a body that is still streaming.
   *
   * @param step how long the headers may take, and every next bytes of the answer that are waited
   *     for
   * @param whole after which reading the answer fails in any case; {@link #NO_END} for a result
   *     that may take as long as it likes
   */
  HttpResponse<InputStream> post(
      QueryString query, BodyPublisher body, Duration step, Duration whole) throws IOException {
    long endNanos = System.nanoTime() + whole.toNanos();
    IOException last = null;
    int first = preferred.get();
    for (int tried = 0; tried < endpoints.urls().size(); tried++) {
      int index = (first + tried) % endpoints.urls().size();
      try {
        HttpResponse<InputStream> response =
            sendWarm(request(endpoints.urls().get(index), query, body, step), step, endNanos);
        preferred.set(index);
        return response;
      } catch (ConnectException | HttpConnectTimeoutException e) {
        last = e;
      }
    }
    throw new Unreachable(endpoints.urls(), last);
  }

  /** Whether one of the URLs answers {@code /ping} within the time. */
  boolean ping(Duration timeout) {
    for (URI url : endpoints.urls()) {
      try {
        HttpRequest request =
            HttpRequest.newBuilder(URI.create(base(url) + "/ping")).timeout(timeout).build();
        if (send(request, timeout, System.nanoTime() + timeout.toNanos()).statusCode() == 200) {
          return true;
        }
      } catch (IOException notHere) {
        // The next URL may answer.
      }
    }
    return false;
  }

  private HttpRequest request(URI url, QueryString query, BodyPublisher body, Duration timeout) {
    return HttpRequest.newBuilder(URI.create(base(url) + "/" + query))
        .timeout(timeout)
        .header("X-ClickHouse-User", endpoints.user())
        .header("X-ClickHouse-Key", endpoints.password())
        .POST(body)
        .build();
  }

  private static String base(URI url) {
    String text = url.toString();
    return text.endsWith("/") ? text.substring(0, text.length() - 1) : text;
  }

  private HttpResponse<InputStream> sendWarm(HttpRequest request, Duration step, long endNanos)
      throws IOException {
    try {
      return send(request, step, endNanos);
    } catch (IOException e) {
      if (!closedBeforeAnswer(e)) {
        throw e;
      }
      return sendAgain(request, step, endNanos, e);
    }
  }

  /**
   * A server that is gone now may have taken the first copy: that is not the same as one that was
   * never reached.
   */
  private HttpResponse<InputStream> sendAgain(
      HttpRequest request, Duration step, long endNanos, IOException first) throws IOException {
    try {
      return send(request, step, endNanos);
    } catch (ConnectException | HttpConnectTimeoutException gone) {
      first.addSuppressed(gone);
      throw new IOException("the server took the request and was gone before its answer", first);
    }
  }

  /** The JDK has no type for it: its HTTP/1.1 parser met the end before the status line. */
  private static boolean closedBeforeAnswer(IOException e) {
    String message = e.getMessage();
    return message != null && message.contains("received no bytes");
  }

  private HttpResponse<InputStream> send(HttpRequest request, Duration step, long endNanos)
      throws IOException {
    try {
      return http.send(request, info -> new BodyQueue(step, endNanos));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("cannot finish the request to ClickHouse: interrupted", e);
    }
  }

  /** Drops what is under way. */
  @Override
  public void close() {
    http.shutdownNow();
    http.close();
  }
}
