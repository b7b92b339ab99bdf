package io.lodge.ship;

import com.google.protobuf.InvalidProtocolBufferException;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.opentelemetry.proto.collector.logs.v1.ExportLogsPartialSuccess;
import io.opentelemetry.proto.collector.logs.v1.ExportLogsServiceRequest;
import io.opentelemetry.proto.collector.logs.v1.ExportLogsServiceResponse;
import io.opentelemetry.proto.logs.v1.LogRecord;
import io.opentelemetry.proto.logs.v1.ResourceLogs;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.Executors;
import java.util.zip.GZIPInputStream;

/**
 * A real HTTP server that takes OTLP logs, read by OpenTelemetry's own classes. Its first answers
 * are scripted; after those it accepts everything.
 */
public final class TestReceiver implements AutoCloseable {
  private final HttpServer server;
  private final Queue<Answer> script = new ArrayDeque<>();
  private final List<ExportLogsServiceRequest> stored = new ArrayList<>();
  private final List<String> authorizations = new ArrayList<>();
  private int requests;

  /** What to do with one request. */
  public sealed interface Answer {
    /** Answers with a status, and Retry-After where it is not empty; stores nothing. */
    record Status(int code, String retryAfter) implements Answer {}

    /** Stores all and says that some are rejected. */
    record Partial(int rejected, String reason) implements Answer {}

    /** Stores all, then cuts the connection. */
    record StoreAndCut() implements Answer {}

    /** Cuts the connection at once. */
    record Cut() implements Answer {}
  }

  public TestReceiver(Answer... answers) throws IOException {
    script.addAll(List.of(answers));
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
    server.createContext("/v1/logs", this::handle);
    server.start();
  }

  public URI url() {
    return URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/v1/logs");
  }

  public synchronized int requests() {
    return requests;
  }

  public synchronized List<String> authorizations() {
    return List.copyOf(authorizations);
  }

  public synchronized List<ResourceLogs> resources() {
    return stored.stream().flatMap(request -> request.getResourceLogsList().stream()).toList();
  }

  public List<LogRecord> records() {
    return resources().stream()
        .flatMap(resource -> resource.getScopeLogsList().stream())
        .flatMap(scope -> scope.getLogRecordsList().stream())
        .toList();
  }

  public List<String> lines() {
    return records().stream().map(record -> record.getBody().getStringValue()).toList();
  }

  public void awaitLines(int count) throws InterruptedException {
    long deadline = System.nanoTime() + Duration.ofSeconds(20).toNanos();
    while (lines().size() < count) {
      if (System.nanoTime() > deadline) {
        throw new AssertionError("unexpected lines; got " + lines() + " want " + count);
      }
      Thread.sleep(10);
    }
  }

  private synchronized void handle(HttpExchange exchange) throws IOException {
    requests++;
    byte[] body = exchange.getRequestBody().readAllBytes();
    authorizations.add(String.valueOf(exchange.getRequestHeaders().getFirst("Authorization")));
    Answer answer = script.poll();
    switch (answer) {
      case null -> {
        store(exchange, body);
        reply(exchange, 200, new byte[0]);
      }
      case Answer.Status status -> {
        if (!status.retryAfter().isEmpty()) {
          exchange.getResponseHeaders().set("Retry-After", status.retryAfter());
        }
        reply(exchange, status.code(), "no thanks".getBytes(StandardCharsets.UTF_8));
      }
      case Answer.Partial partial -> {
        store(exchange, body);
        reply(exchange, 200, partialSuccess(partial));
      }
      case Answer.StoreAndCut _ -> {
        store(exchange, body);
        exchange.close();
      }
      case Answer.Cut _ -> exchange.close();
    }
  }

  private void store(HttpExchange exchange, byte[] body) throws IOException {
    boolean gzip = "gzip".equals(exchange.getRequestHeaders().getFirst("Content-Encoding"));
    try (InputStream in =
        gzip
            ? new GZIPInputStream(new ByteArrayInputStream(body))
            : new ByteArrayInputStream(body)) {
      stored.add(ExportLogsServiceRequest.parseFrom(in));
    } catch (InvalidProtocolBufferException e) {
      throw new AssertionError("the body is no ExportLogsServiceRequest", e);
    }
  }

  private static byte[] partialSuccess(Answer.Partial partial) {
    return ExportLogsServiceResponse.newBuilder()
        .setPartialSuccess(
            ExportLogsPartialSuccess.newBuilder()
                .setRejectedLogRecords(partial.rejected())
                .setErrorMessage(partial.reason()))
        .build()
        .toByteArray();
  }

  private static void reply(HttpExchange exchange, int status, byte[] body) throws IOException {
    exchange.sendResponseHeaders(status, body.length == 0 ? -1 : body.length);
    exchange.getResponseBody().write(body);
    exchange.close();
  }

  /** From now on nothing answers at the URL. */
  public void stop() {
    server.stop(0);
  }

  @Override
  public void close() {
    stop();
  }
}
