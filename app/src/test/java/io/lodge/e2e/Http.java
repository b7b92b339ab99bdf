package io.lodge.e2e;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;

/** The JDK's own HTTP client, without ceremony. */
final class Http {
  private static final Duration TIMEOUT = Duration.ofSeconds(60);
  private static final HttpClient PLAIN = client();

  private Http() {}

  private static HttpClient client() {
    return HttpClient.newBuilder()
        .version(HttpClient.Version.HTTP_1_1)
        .connectTimeout(Duration.ofSeconds(10))
        .build();
  }

  record Answer(int status, byte[] body, HttpResponse<byte[]> whole) {
    String text() {
      return new String(body, StandardCharsets.UTF_8);
    }

    String header(String name) {
      return whole.headers().firstValue(name).orElse("");
    }
  }

  static Answer get(URI url, String... headers) {
    return send(PLAIN, request(url, headers).GET().build());
  }

  static Answer post(URI url, byte[] body, String... headers) {
    return send(PLAIN, post(url, List.of(headers), body));
  }

  static Answer post(URI url, String body, String... headers) {
    return post(url, body.getBytes(StandardCharsets.UTF_8), headers);
  }

  static HttpRequest post(URI url, List<String> headers, byte[] body) {
    return request(url, headers.toArray(String[]::new))
        .POST(HttpRequest.BodyPublishers.ofByteArray(body))
        .build();
  }

  private static HttpRequest.Builder request(URI url, String... headers) {
    HttpRequest.Builder request = HttpRequest.newBuilder(url).timeout(TIMEOUT);
    return headers.length == 0 ? request : request.headers(headers);
  }

  static Answer send(HttpClient client, HttpRequest request) {
    try {
      HttpResponse<byte[]> answer = client.send(request, HttpResponse.BodyHandlers.ofByteArray());
      return new Answer(answer.statusCode(), answer.body(), answer);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }
}
