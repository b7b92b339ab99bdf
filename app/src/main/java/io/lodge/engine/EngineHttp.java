package io.lodge.engine;

import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The two things that the supervisor asks of a running engine. */
final class EngineHttp {
  private static final Logger log = LoggerFactory.getLogger(EngineHttp.class);

  private final HttpClient client =
      HttpClient.newBuilder()
          .version(HttpClient.Version.HTTP_1_1)
          .connectTimeout(Duration.ofSeconds(2))
          .build();
  private final EngineEndpoint endpoint;

  EngineHttp(EngineEndpoint endpoint) {
    this.endpoint = endpoint;
  }

  boolean ping() throws InterruptedException {
    HttpRequest request =
        HttpRequest.newBuilder(endpoint.url().resolve("/ping"))
            .timeout(Duration.ofSeconds(5))
            .build();
    try {
      return client.send(request, HttpResponse.BodyHandlers.discarding()).statusCode() == 200;
    } catch (IOException e) {
      return false;
    }
  }

  /** Whether an engine answers there that takes our password. */
  boolean isOurs() throws InterruptedException {
    try {
      return asWriter("/?query=SELECT%201").statusCode() == 200;
    } catch (IOException e) {
      return false;
    }
  }

  /**
   * Ends the statement that keeps the library alive: the only one without a user. ClickHouse then
   * stops in order.
   */
  void endSession() throws InterruptedException {
    try {
      asWriter("/?query=KILL%20QUERY%20WHERE%20user%3D''%20ASYNC");
    } catch (IOException e) {
      log.warn("cannot ask the engine to stop: {}", e.getMessage());
    }
  }

  private HttpResponse<Void> asWriter(String pathAndQuery)
      throws IOException, InterruptedException {
    HttpRequest request =
        HttpRequest.newBuilder(endpoint.url().resolve(pathAndQuery))
            .header("X-ClickHouse-User", endpoint.writer())
            .header("X-ClickHouse-Key", endpoint.writerPassword())
            .timeout(Duration.ofSeconds(5))
            .POST(HttpRequest.BodyPublishers.noBody())
            .build();
    return client.send(request, HttpResponse.BodyHandlers.discarding());
  }
}
