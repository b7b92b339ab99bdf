package io.lodge.receive;

import static org.assertj.core.api.Assertions.assertThat;

import com.linecorp.armeria.client.ClientFactory;
import com.linecorp.armeria.client.WebClient;
import com.linecorp.armeria.common.AggregatedHttpResponse;
import com.linecorp.armeria.common.HttpHeaderNames;
import com.linecorp.armeria.common.HttpMethod;
import com.linecorp.armeria.common.RequestHeaders;
import io.lodge.base.net.KeyCheck;
import io.lodge.model.Outcome;
import io.netty.buffer.PooledByteBufAllocator;
import io.netty.util.ResourceLeakDetector;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Slow, vanishing and too many clients: memory comes back, and nobody is told a lie. */
class PressureTest {
  private static ResourceLeakDetector.Level level = ResourceLeakDetector.getLevel();

  @BeforeAll
  static void watchEveryBuffer() {
    ResourceLeakDetector.setLevel(ResourceLeakDetector.Level.PARANOID);
  }

  @AfterAll
  static void asBefore() {
    ResourceLeakDetector.setLevel(level);
  }

  private static Gateway gateway(long budgetBytes, Duration requestTimeout) {
    return new Gateway(budgetBytes, KeyCheck.OPEN, null, requestTimeout);
  }

  private static Socket connect(Gateway gateway) throws IOException {
    Socket socket = new Socket(InetAddress.getLoopbackAddress(), gateway.http.address().getPort());
    socket.setSoTimeout(10_000);
    return socket;
  }

  private static void begin(Socket socket, int contentLength, int sentBytes) throws IOException {
    OutputStream out = socket.getOutputStream();
    out.write(head("Content-Length: " + contentLength));
    out.write(new byte[sentBytes]);
    out.flush();
  }

  private static byte[] head(String... more) {
    String lines =
        "POST /v1/logs HTTP/1.1\nHost: localhost\nContent-Type: application/x-protobuf\n";
    String all = lines + String.join("\n", more) + "\n\n";
    return all.replace("\n", "\r\n").getBytes(StandardCharsets.US_ASCII);
  }

  private static String firstLine(Socket socket) throws IOException {
    InputStream in = socket.getInputStream();
    StringBuilder line = new StringBuilder();
    for (int c = in.read(); c >= 0 && c != '\r'; c = in.read()) {
      line.append((char) c);
    }
    return line.toString();
  }

  @Test
  void refusesForNowWhenBudgetIsFullAndTakesAgainWhenItIsNot() throws Exception {
    try (Gateway gateway = gateway(150_000, Duration.ofSeconds(20));
        Socket first = connect(gateway);
        Socket second = connect(gateway)) {
      begin(first, 100_000, 10);
      Gateway.await("the first body is held", () -> gateway.budget.usedBytes() > 0);
      begin(second, 100_000, 100_000);
      assertThat(firstLine(second)).isEqualTo("HTTP/1.1 503 Service Unavailable");
      first.getOutputStream().write(new byte[99_990]);
      assertThat(firstLine(first)).isEqualTo("HTTP/1.1 200 OK");
      Gateway.await("the budget is back", () -> gateway.budget.usedBytes() == 0);
      try (Socket third = connect(gateway)) {
        begin(third, 100_000, 100_000);
        assertThat(firstLine(third)).isEqualTo("HTTP/1.1 200 OK");
      }
      assertThat(gateway.intake.payloads).hasSize(2);
    }
  }

  @Test
  void refusesACallForNowWhenBudgetIsFullHoweverMuchIsStillToCome() {
    try (Gateway gateway = gateway(10_000, Duration.ofSeconds(20));
        ClientFactory connections = ClientFactory.builder().build()) {
      for (int call = 0; call < 20; call++) {
        var answer = call(gateway, connections, 900_000).join();
        assertThat(answer.headers().get("grpc-status")).isEqualTo("14");
        assertThat(answer.headers().get("grpc-status-details-bin")).isNotBlank();
      }
      assertThat(gateway.budget.usedBytes()).isZero();
      assertThat(gateway.intake.payloads).isEmpty();
    }
  }

  @Test
  void endsASlowBodyWithARefusalForNow() throws Exception {
    try (Gateway gateway = gateway(1 << 20, Duration.ofMillis(300));
        Socket socket = connect(gateway)) {
      begin(socket, 100_000, 10);
      assertThat(firstLine(socket)).isEqualTo("HTTP/1.1 503 Service Unavailable");
      Gateway.await("the budget is back", () -> gateway.budget.usedBytes() == 0);
      assertThat(gateway.intake.payloads).isEmpty();
    }
  }

  @Test
  void forgetsTheBodyOfAClientThatVanishes() throws Exception {
    try (Gateway gateway = gateway(1 << 20, Duration.ofSeconds(20))) {
      try (Socket socket = connect(gateway)) {
        begin(socket, 100_000, 50_000);
        Gateway.await("the body is held", () -> gateway.budget.usedBytes() > 0);
      }
      Gateway.await("the budget is back", () -> gateway.budget.usedBytes() == 0);
      assertThat(gateway.intake.payloads).isEmpty();
      assertThat(Metrics.page(gateway.registry))
          .contains("{outcome=\"broken\",protocol=\"otlp-http\"} 1.0");
    }
  }

  @Test
  void keepsTheBodyOfAVanishedClientUntilThePipelineIsDoneWithIt() throws Exception {
    CompletableFuture<Outcome> outcome = new CompletableFuture<>();
    try (Gateway gateway = gateway(1 << 20, Duration.ofSeconds(20))) {
      gateway.intake.decide = payload -> outcome;
      try (Socket socket = connect(gateway)) {
        begin(socket, 100_000, 100_000);
        Gateway.await("it is submitted", () -> !gateway.intake.payloads.isEmpty());
      }
      // Armeria gives up on a closed connection after 1 s; the bytes must still be the pipeline's.
      Gateway.staysSo(
          "the body is held",
          () -> gateway.budget.usedBytes() >= 100_000 && gateway.buffers.idleBytes() == 0,
          Duration.ofMillis(1500));
      outcome.complete(new Outcome.Accepted(1, 0, ""));
      Gateway.await("the budget is back", () -> gateway.budget.usedBytes() == 0);
      assertThat(gateway.buffers.idleBytes()).isPositive();
    }
  }

  @Test
  void answersWhatIsInFlightBeforeItStops() throws Exception {
    CompletableFuture<Outcome> outcome = new CompletableFuture<>();
    Gateway gateway = gateway(1 << 20, Duration.ofSeconds(20));
    try (Socket socket = connect(gateway);
        Socket late = connect(gateway)) {
      gateway.intake.decide = payload -> outcome;
      begin(socket, 10, 10);
      Gateway.await("it is submitted", () -> !gateway.intake.payloads.isEmpty());
      Thread closing = Thread.ofVirtual().start(gateway::close);
      assertThat(stopped(late)).isEqualTo("HTTP/1.1 503 Service Unavailable");
      outcome.complete(new Outcome.Accepted(1, 0, ""));
      assertThat(firstLine(socket)).isEqualTo("HTTP/1.1 200 OK");
      closing.join();
    }
  }

  @Test
  void answersACallInFlightBeforeItStops() throws Exception {
    CompletableFuture<Outcome> outcome = new CompletableFuture<>();
    Gateway gateway = gateway(1 << 20, Duration.ofSeconds(20));
    try (ClientFactory connections = ClientFactory.builder().build();
        Socket late = connect(gateway)) {
      gateway.intake.decide = payload -> outcome;
      CompletableFuture<AggregatedHttpResponse> answer = call(gateway, connections, 10);
      Gateway.await("it is submitted", () -> !gateway.intake.payloads.isEmpty());
      Thread closing = Thread.ofVirtual().start(gateway::close);
      assertThat(stopped(late)).isEqualTo("HTTP/1.1 503 Service Unavailable");
      Gateway.staysSo("it is waited for", () -> !answer.isDone(), Duration.ofMillis(300));
      outcome.complete(new Outcome.Accepted(1, 0, ""));
      assertThat(answer.join().trailers().get("grpc-status")).isEqualTo("0");
      closing.join();
    }
  }

  @Test
  void doesNotSayThatNothingIsKeptWhenItCannotKnow() throws Exception {
    try (Gateway gateway = gateway(1 << 20, Duration.ofMillis(300));
        ClientFactory connections = ClientFactory.builder().build();
        Socket socket = connect(gateway)) {
      CompletableFuture<Outcome> never = new CompletableFuture<>();
      gateway.intake.decide = payload -> never;
      assertThat(call(gateway, connections, 10).join().headers().get("grpc-status")).isEqualTo("4");
      begin(socket, 10, 10);
      assertThat(firstLine(socket)).isEqualTo("HTTP/1.1 504 Gateway Timeout");
      never.complete(new Outcome.Accepted(1, 0, ""));
    }
  }

  private static CompletableFuture<AggregatedHttpResponse> call(
      Gateway gateway, ClientFactory connections, int messageBytes) {
    byte[] framed = new byte[5 + messageBytes];
    ByteBuffer.wrap(framed).put((byte) 0).putInt(messageBytes);
    RequestHeaders headers =
        RequestHeaders.of(
            HttpMethod.POST,
            "/opentelemetry.proto.collector.logs.v1.LogsService/Export",
            HttpHeaderNames.CONTENT_TYPE,
            "application/grpc");
    return WebClient.builder(gateway.grpcUrl().replace("http://", "h2c://"))
        .factory(connections)
        .build()
        .execute(headers, framed)
        .aggregate();
  }

  /**
   * Asks on one connection until the gateway says that it stops: the stop begins on its own time.
   */
  private static String stopped(Socket socket) throws IOException {
    while (true) {
      OutputStream out = socket.getOutputStream();
      out.write(head("Content-Encoding: br", "Content-Length: 0"));
      String line = firstLine(socket);
      if (!line.startsWith("HTTP/1.1 415")) {
        return line;
      }
      skipAnswer(socket.getInputStream());
    }
  }

  private static void skipAnswer(InputStream in) throws IOException {
    StringBuilder head = new StringBuilder();
    while (head.indexOf("\r\n\r\n") < 0) {
      head.append((char) in.read());
    }
    String lower = head.toString().toLowerCase(Locale.ROOT);
    int at = lower.indexOf("content-length: ") + "content-length: ".length();
    in.readNBytes(Integer.parseInt(lower.substring(at, lower.indexOf('\r', at))));
  }

  @Test
  void aThousandRequestsAtOnceLeaveNothingBehind() throws Exception {
    List<String> leaks = Leaks.listen();
    try (Gateway gateway = gateway(64 << 20, Duration.ofSeconds(20));
        HttpClient client = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build()) {
      URI uri = URI.create(gateway.httpUrl() + "/v1/logs");
      HttpRequest request =
          HttpRequest.newBuilder(uri)
              .header("Content-Type", "application/x-protobuf")
              .POST(HttpRequest.BodyPublishers.ofByteArray(new byte[4300]))
              .build();
      List<CompletableFuture<Integer>> answers = new ArrayList<>();
      for (int i = 0; i < 1000; i++) {
        answers.add(
            client
                .sendAsync(request, BodyHandlers.discarding())
                .thenApply(response -> response.statusCode()));
      }
      assertThat(answers.stream().map(CompletableFuture::join)).containsOnly(200);
      assertThat(gateway.intake.payloads).hasSize(1000);
      assertThat(gateway.budget.usedBytes()).isZero();
    }
    System.gc();
    PooledByteBufAllocator.DEFAULT.buffer(16).release(); // makes Netty look
    assertThat(leaks).isEmpty();
  }
}
