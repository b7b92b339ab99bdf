package io.lodge.ship;

import io.lodge.config.Secret;
import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.Optional;

/** The OTLP/HTTP receiver at the other end. Its contract: opentelemetry.io/docs/specs/otlp. */
final class Receiver implements AutoCloseable {
  private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(10);

  /** Longest wait for an answer: past it the request counts as lost and is sent again. */
  private static final Duration REPLY_TIMEOUT = Duration.ofSeconds(60);

  private static final int REASON_LENGTH_MAX = 300;

  private final HttpClient http =
      HttpClient.newBuilder()
          .version(HttpClient.Version.HTTP_1_1)
          .connectTimeout(CONNECT_TIMEOUT)
          .build();
  private final URI logs;
  private final Optional<Secret> key;
  private final boolean gzip;

  Receiver(URI logs, Optional<Secret> key, boolean gzip) {
    this.logs = logs;
    this.key = key;
    this.gzip = gzip;
  }

  Reply send(byte[] body) throws InterruptedException {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(logs)
            .timeout(REPLY_TIMEOUT)
            .header("Content-Type", "application/x-protobuf")
            .POST(HttpRequest.BodyPublishers.ofByteArray(body));
    if (gzip) {
      request.header("Content-Encoding", "gzip");
    }
    key.ifPresent(secret -> request.header("Authorization", "Bearer " + secret.reveal()));
    try {
      return reply(http.send(request.build(), HttpResponse.BodyHandlers.ofByteArray()));
    } catch (ConnectException e) {
      return new Reply.Later(Duration.ZERO, "nothing answers there; is Lodge running? ./lodge up");
    } catch (IOException e) {
      String cause = e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
      return new Reply.Later(Duration.ZERO, cause);
    }
  }

  @Override
  public void close() {
    http.shutdownNow();
  }

  private static Reply reply(HttpResponse<byte[]> response) {
    int status = response.statusCode();
    if (status / 100 == 2) {
      return PartialSuccess.read(response.body());
    }
    String reason = "HTTP " + status + words(response);
    return switch (status) {
      case 429, 502, 503, 504 -> new Reply.Later(retryAfter(response), reason);
      case 400, 413, 422, 500, 501 -> new Reply.Refused(reason);
      case 401, 403 -> new Reply.Closed(reason + "; give an ingest key with --key or LODGE_KEY");
      default -> new Reply.Closed(reason + "; check the URL of --to");
    };
  }

  /** Seconds or an HTTP date (RFC 9110, 10.2.3); zero where it is neither. */
  private static Duration retryAfter(HttpResponse<?> response) {
    String text = response.headers().firstValue("Retry-After").orElse("").strip();
    if (text.matches("\\d{1,9}")) {
      return Duration.ofSeconds(Long.parseLong(text));
    }
    try {
      Instant when = ZonedDateTime.parse(text, DateTimeFormatter.RFC_1123_DATE_TIME).toInstant();
      Duration wait = Duration.between(Instant.now(), when);
      return wait.isNegative() ? Duration.ZERO : wait;
    } catch (DateTimeParseException e) {
      return Duration.ZERO;
    }
  }

  /** What an error body says: text, JSON, or the message of a Status protobuf. */
  private static String words(HttpResponse<byte[]> response) {
    boolean protobuf =
        response.headers().firstValue("Content-Type").orElse("").endsWith("protobuf");
    String text =
        protobuf
            ? PartialSuccess.statusMessage(response.body())
            : new String(response.body(), StandardCharsets.UTF_8);
    String line = text.replaceAll("[\\p{Cntrl}\\s]+", " ").strip();
    return line.isEmpty()
        ? ""
        : ": " + line.substring(0, Math.min(line.length(), REASON_LENGTH_MAX));
  }
}
