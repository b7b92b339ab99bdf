package io.lodge.canary;

import io.lodge.base.Time;
import io.lodge.query.run.JsonRow;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import tools.jackson.core.JacksonException;

/**
 * Sends numbers to one gateway, one after the other, each once: a number that was sent again could
 * rightly be stored twice.
 */
final class Sender implements AutoCloseable {
  private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(5);

  /** As long as a gateway may take to answer a request. */
  private static final Duration ANSWER_TIMEOUT = Duration.ofSeconds(30);

  /** Lodge says so when it has kept what ClickHouse, or the bucket, was late for. */
  private static final int KEPT_BUT_LATE = 504;

  private static final int REASON_LENGTH_MAX = 200;

  private final CanaryGateway gateway;
  private final Duration every;
  private final String run;
  private final Numbers numbers;
  private final Time time;
  private final URI logs;
  private final HttpClient http;

  Sender(CanaryGateway gateway, Duration every, String run, Numbers numbers, Time time) {
    this.gateway = gateway;
    this.every = every;
    this.run = run;
    this.numbers = numbers;
    this.time = time;
    logs = URI.create(gateway.url().toString().replaceFirst("/+$", "") + "/v1/logs");
    HttpClient.Builder client =
        HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(CONNECT_TIMEOUT);
    gateway.trust().ifPresent(client::sslContext);
    http = client.build();
  }

  /** Until it is interrupted. What a slow answer took is not caught up with. */
  void run() {
    try {
      while (true) {
        long beganNanos = time.nanoTime();
        send();
        long leftNanos = every.toNanos() - (time.nanoTime() - beganNanos);
        time.sleep(Duration.ofNanos(Math.max(0, leftNanos)));
      }
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
    }
  }

  private void send() throws InterruptedException {
    Moment now = Moment.now(time);
    long number = numbers.begin(now);
    HttpRequest.Builder request =
        HttpRequest.newBuilder(logs)
            .timeout(ANSWER_TIMEOUT)
            .header("Content-Type", "application/json")
            .POST(
                HttpRequest.BodyPublishers.ofByteArray(
                    CanaryRecord.request(gateway.name(), run, number, now.unixNanos())));
    gateway.key().ifPresent(key -> request.header("Authorization", "Bearer " + key.reveal()));
    try {
      read(number, http.send(request.build(), HttpResponse.BodyHandlers.ofByteArray()));
    } catch (IOException e) {
      String cause = e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
      numbers.unanswered(number, "no answer: " + cause, Moment.now(time));
    }
  }

  private void read(long number, HttpResponse<byte[]> response) {
    Moment now = Moment.now(time);
    int status = response.statusCode();
    if (status / 100 == 2) {
      taken(number, response.body(), now);
    } else if (status == KEPT_BUT_LATE) {
      numbers.unanswered(number, "HTTP " + status, now);
    } else {
      numbers.refused(number, "HTTP " + status + words(response.body()), now);
    }
  }

  private void taken(long number, byte[] body, Moment now) {
    try {
      JsonRow partial =
          body.length == 0
              ? JsonRow.parse(new byte[] {'{', '}'})
              : JsonRow.parse(body).object("partialSuccess");
      if (partial.count("rejectedLogRecords") > 0) {
        numbers.refused(number, "rejected: " + cut(partial.text("errorMessage")), now);
      } else {
        numbers.accepted(number, now);
      }
    } catch (JacksonException strange) {
      numbers.refused(number, "what answers there is no OTLP receiver", now);
    }
  }

  private static String words(byte[] body) {
    String text = new String(body, java.nio.charset.StandardCharsets.UTF_8).strip();
    return text.isEmpty() ? "" : ": " + cut(text);
  }

  private static String cut(String text) {
    String line = text.replaceAll("\\s+", " ");
    return line.length() <= REASON_LENGTH_MAX ? line : line.substring(0, REASON_LENGTH_MAX) + "…";
  }

  @Override
  public void close() {
    http.shutdownNow();
  }
}
