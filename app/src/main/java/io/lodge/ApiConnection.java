package io.lodge;

import io.lodge.config.Secret;
import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Optional;

/** Requests to one Lodge, with the key if there is one. For any thread. */
final class ApiConnection implements AutoCloseable {
  static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(10);

  private final HttpClient http =
      HttpClient.newBuilder()
          .version(HttpClient.Version.HTTP_1_1)
          .connectTimeout(CONNECT_TIMEOUT)
          .build();

  private final String base;
  private final Optional<Secret> key;

  /**
   * Connects with the first request.
   *
   * @param base such as {@code http://127.0.0.1:8080}, without a slash at its end
   */
  ApiConnection(String base, Optional<Secret> key) {
    this.base = base;
    this.key = key;
  }

  /** A request for a path and its query. */
  HttpRequest.Builder request(String path) {
    HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(base + path));
    key.ifPresent(secret -> request.header("Authorization", "Bearer " + secret.reveal()));
    return request;
  }

  <T> HttpResponse<T> send(HttpRequest request, HttpResponse.BodyHandler<T> body)
      throws CommandException, IOException, InterruptedException {
    try {
      return http.send(request, body);
    } catch (ConnectException e) {
      throw new CommandException(
          "cannot reach Lodge at %s: nothing answers there; is it running? ./lodge up; --api URL asks another"
              .formatted(base),
          e);
    }
  }

  @Override
  public void close() {
    http.close();
  }
}
