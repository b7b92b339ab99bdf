package io.lodge.ship;

import static org.assertj.core.api.Assertions.assertThat;

import io.lodge.base.Backoff;
import io.lodge.config.Secret;
import io.lodge.ship.TestReceiver.Answer;
import io.opentelemetry.proto.common.v1.KeyValue;
import io.opentelemetry.proto.logs.v1.LogRecord;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.InputStream;
import java.io.PipedInputStream;
import java.io.PipedOutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(60)
final class ShipperTest {
  private static final Backoff QUICK = new Backoff(Duration.ofMillis(5), Duration.ofMillis(50));

  @TempDir Path folder;

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void everyLineArrivesOnceInOrder(boolean gzip) throws Exception {
    String text = numbered(0, 10_000);
    try (TestReceiver receiver = new TestReceiver()) {
      ShipReport report = ship(receiver, List.of(), input(text), gzip);
      assertThat(receiver.lines()).isEqualTo(text.lines().toList());
      assertThat(report.complete()).isTrue();
      assertThat(report.acknowledged()).isEqualTo(10_000);
      assertThat(receiver.requests()).isBetween(5, 20);
    }
  }

  @Test
  void recordsSayWhereTheyComeFrom() throws Exception {
    Path file = Files.writeString(folder.resolve("shop.log"), "ERROR no stock\nplain\n");
    try (TestReceiver receiver = new TestReceiver()) {
      Shipment shipment =
          shipment(receiver, List.of(file), input(""), false, false, Map.of("team", "shop"));
      long before = System.currentTimeMillis() * 1_000_000;
      assertThat(run(shipment).complete()).isTrue();
      assertThat(attributes(receiver.resources().getFirst().getResource().getAttributesList()))
          .containsEntry("service.name", "shop.log")
          .containsEntry("team", "shop")
          .containsKey("host.name");
      LogRecord error = receiver.records().getFirst();
      assertThat(attributes(error.getAttributesList()))
          .containsEntry("log.file.name", "shop.log")
          .containsEntry("log.file.path", file.toString());
      assertThat(error.getSeverityNumberValue()).isEqualTo(17);
      assertThat(error.getSeverityText()).isEqualTo("ERROR");
      assertThat(error.getTimeUnixNano())
          .isEqualTo(error.getObservedTimeUnixNano())
          .isGreaterThanOrEqualTo(before);
      assertThat(receiver.records().getLast().getSeverityNumberValue()).isZero();
      assertThat(receiver.authorizations()).containsOnly("Bearer lodge_ing_x");
    }
  }

  @Test
  void bytesPassAsTheyAre() throws Exception {
    ByteArrayOutputStream text = new ByteArrayOutputStream();
    text.writeBytes("grüße 🌲 \u0000 end\r\n\n".getBytes(StandardCharsets.UTF_8));
    text.writeBytes(new byte[] {'l', (byte) 0xE4, 't', '\n'});
    text.writeBytes("no line break at the end".getBytes(StandardCharsets.UTF_8));
    try (TestReceiver receiver = new TestReceiver()) {
      ship(receiver, List.of(), new ByteArrayInputStream(text.toByteArray()), false);
      assertThat(receiver.lines())
          .containsExactly("grüße 🌲 \u0000 end", "", "l\uFFFDt", "no line break at the end");
      KeyValue original = receiver.records().get(2).getAttributesList().getLast();
      assertThat(original.getKey()).isEqualTo("log.record.original");
      assertThat(original.getValue().getBytesValue().toByteArray())
          .isEqualTo(new byte[] {'l', (byte) 0xE4, 't'});
    }
  }

  @Test
  void longLinesComeInPartsThatSaySo() throws Exception {
    String line = "ä".repeat(Shipment.LINE_BYTES_MAX) + "end";
    try (TestReceiver receiver = new TestReceiver()) {
      ShipReport report = ship(receiver, List.of(), input("a\n" + line + "\nb\n"), false);
      assertThat(String.join("", receiver.lines())).isEqualTo("a" + line + "b");
      assertThat(report.read()).isEqualTo(5);
      List<LogRecord> records = receiver.records();
      assertThat(records.get(0).getAttributesList()).isEmpty();
      assertThat(records.get(1).getAttributes(0).getValue().getIntValue()).isEqualTo(1);
      assertThat(records.get(1).getAttributes(1).getValue().getBoolValue()).isFalse();
      assertThat(records.get(3).getAttributes(0).getValue().getIntValue()).isEqualTo(3);
      assertThat(records.get(3).getAttributes(1).getValue().getBoolValue()).isTrue();
    }
  }

  @Test
  void whatIsToBeRetriedIsRetriedAndRetryAfterIsHonoured() throws Exception {
    try (TestReceiver receiver =
        new TestReceiver(
            new Answer.Status(503, "1"),
            new Answer.Status(429, ""),
            new Answer.Cut(),
            new Answer.Status(502, "Thu, 01 Jan 1970 00:00:00 GMT"),
            new Answer.Status(504, "soon"))) {
      ShipReport report = ship(receiver, List.of(), input("a\nb\n"), false);
      assertThat(receiver.lines()).containsExactly("a", "b");
      assertThat(report.complete()).isTrue();
      assertThat(report.resent()).isGreaterThanOrEqualTo(4);
      assertThat(report.took()).isGreaterThanOrEqualTo(Duration.ofSeconds(1));
    }
  }

  @Test
  void aCutReplyMayStoreLinesTwiceAndIsCounted() throws Exception {
    try (TestReceiver receiver = new TestReceiver(new Answer.StoreAndCut())) {
      ShipReport report = ship(receiver, List.of(), input("a\nb\n"), false);
      assertThat(receiver.lines()).containsExactly("a", "b", "a", "b");
      assertThat(report.resent()).isEqualTo(1);
      assertThat(report.acknowledged()).isEqualTo(2);
      assertThat(report.complete()).isTrue();
    }
  }

  @Test
  void partialSuccessCountsWhatWasRejected() throws Exception {
    try (TestReceiver receiver = new TestReceiver(new Answer.Partial(2, "too old"))) {
      ShipReport report = ship(receiver, List.of(), input("a\nb\nc\n"), false);
      assertThat(report.rejected()).isEqualTo(2);
      assertThat(report.acknowledged()).isEqualTo(1);
      assertThat(report.complete()).isFalse();
    }
  }

  @Test
  void aRefusedBatchDoesNotStopTheOthers() throws Exception {
    String text = numbered(0, 3 * Batches.LINES_MAX);
    try (TestReceiver receiver = new TestReceiver(new Answer.Status(400, ""))) {
      ShipReport report = ship(receiver, List.of(), input(text), false);
      assertThat(report.rejected() + report.acknowledged()).isEqualTo(report.read());
      assertThat(report.read()).isEqualTo(3L * Batches.LINES_MAX);
      assertThat(receiver.lines()).hasSize((int) report.acknowledged());
      assertThat(report.complete()).isFalse();
    }
  }

  @Test
  void aClosedDoorEndsItAndEveryReadLineIsCounted() throws Exception {
    try (TestReceiver receiver = new TestReceiver(new Answer.Status(401, ""))) {
      ShipReport report = ship(receiver, List.of(), input(numbered(0, 100_000)), false);
      assertThat(receiver.requests()).isEqualTo(1);
      assertThat(report.failure().orElseThrow()).contains("HTTP 401", "LODGE_KEY");
      assertThat(report.acknowledged()).isZero();
      assertThat(report.unacknowledged()).isEqualTo(report.read()).isPositive();
    }
  }

  @Test
  void givesUpWhenNothingAnswersForLong() throws Exception {
    try (TestReceiver receiver = new TestReceiver()) {
      receiver.stop();
      ShipReport report = ship(receiver, List.of(), input("a\nb\n"), false);
      assertThat(report.unacknowledged()).isEqualTo(2);
      assertThat(report.failure().orElseThrow()).contains("is Lodge running? ./lodge up");
    }
  }

  @Test
  void aLiveStreamIsSentWhileItIsOpen() throws Exception {
    try (TestReceiver receiver = new TestReceiver();
        PipedInputStream in = new PipedInputStream()) {
      CompletableFuture<ShipReport> running;
      try (PipedOutputStream upstream = new PipedOutputStream(in)) {
        running = start(shipper(live(receiver, in)));
        upstream.write("first\n".getBytes(StandardCharsets.UTF_8));
        upstream.flush();
        receiver.awaitLines(1);
        upstream.write("second".getBytes(StandardCharsets.UTF_8));
      }
      assertThat(running.join().acknowledged()).isEqualTo(2);
      assertThat(receiver.lines()).containsExactly("first", "second");
    }
  }

  @Test
  void aStopCountsTheLineThatWasNotFinished() throws Exception {
    try (TestReceiver receiver = new TestReceiver();
        PipedInputStream in = new PipedInputStream();
        PipedOutputStream upstream = new PipedOutputStream(in)) {
      Shipper shipper = shipper(live(receiver, in));
      CompletableFuture<ShipReport> running = start(shipper);
      upstream.write("whole\nhal".getBytes(StandardCharsets.UTF_8));
      upstream.flush();
      receiver.awaitLines(1);
      shipper.stop();
      ShipReport report = running.join();
      assertThat(report.acknowledged()).isEqualTo(1);
      assertThat(report.unacknowledged()).isEqualTo(1);
      assertThat(report.complete()).isFalse();
    }
  }

  @Test
  void followingGoesThroughAppearanceRotationAndTruncation() throws Exception {
    Path file = folder.resolve("app.log");
    try (TestReceiver receiver = new TestReceiver(new Answer.Status(503, ""))) {
      Shipper shipper = shipper(following(receiver, file, false));
      CompletableFuture<ShipReport> running = start(shipper);
      Files.writeString(file, numbered(0, 500));
      receiver.awaitLines(500);
      append(file, numbered(500, 600) + "unfinished");
      receiver.awaitLines(600);
      Path rotated = folder.resolve("app.log.1");
      Files.move(file, rotated);
      append(rotated, " no more\n" + numbered(600, 650));
      receiver.awaitLines(651);
      Files.writeString(file, numbered(650, 700));
      receiver.awaitLines(701);
      Files.writeString(file, "");
      append(file, "after truncation\n");
      receiver.awaitLines(702);
      append(file, "the last, without a line break");
      shipper.stop();
      ShipReport report = running.join();
      assertThat(report.complete()).isTrue();
      List<String> expected =
          (numbered(0, 600)
                  + "unfinished no more\n"
                  + numbered(600, 700)
                  + "after truncation\n"
                  + "the last, without a line break")
              .lines()
              .toList();
      assertThat(receiver.lines()).isEqualTo(expected);
    }
  }

  @Test
  void rotationInTheMiddleOfALoadLosesNothing() throws Exception {
    Path file = folder.resolve("app.log");
    int rounds = 8;
    try (TestReceiver receiver = new TestReceiver(new Answer.Status(503, ""), new Answer.Cut())) {
      Shipper shipper = shipper(following(receiver, file, false));
      CompletableFuture<ShipReport> running = start(shipper);
      for (int round = 0; round < rounds; round++) {
        Files.writeString(file, numbered(round * 1000, round * 1000 + 1000));
        receiver.awaitLines(round * 1000 + 1);
        Files.move(file, folder.resolve("app.log." + round));
      }
      receiver.awaitLines(rounds * 1000);
      shipper.stop();
      assertThat(running.join().acknowledged()).isEqualTo(rounds * 1000L);
      assertThat(receiver.lines()).isEqualTo(numbered(0, rounds * 1000).lines().toList());
    }
  }

  @Test
  void fromEndLeavesOutWhatIsThere() throws Exception {
    Path file = Files.writeString(folder.resolve("app.log"), "old\n");
    try (TestReceiver receiver = new TestReceiver()) {
      Shipper shipper = shipper(following(receiver, file, true));
      CompletableFuture<ShipReport> running = start(shipper);
      // The first look may come after the first of these lines, never after all of them.
      int written = 0;
      while (receiver.lines().isEmpty()) {
        append(file, "new " + written++ + "\n");
        Thread.sleep(20);
      }
      shipper.stop();
      running.join();
      assertThat(receiver.lines()).doesNotContain("old");
    }
  }

  private ShipReport ship(
      TestReceiver receiver, List<Path> files, InputStream input, boolean gzip) {
    return run(shipment(receiver, files, input, false, gzip, Map.of()));
  }

  private static ShipReport run(Shipment shipment) {
    return shipper(shipment).run();
  }

  private static Shipper shipper(Shipment shipment) {
    return new Shipper(shipment, notice -> {});
  }

  private static CompletableFuture<ShipReport> start(Shipper shipper) {
    return CompletableFuture.supplyAsync(shipper::run);
  }

  private static Shipment live(TestReceiver receiver, InputStream in) {
    return shipment(receiver, List.of(), in, true, false, Map.of());
  }

  private static Shipment following(TestReceiver receiver, Path file, boolean fromEnd) {
    Shipment live = shipment(receiver, List.of(file), input(""), true, false, Map.of());
    return new Shipment(
        live.files(),
        live.input(),
        true,
        fromEnd,
        live.resource(),
        live.logs(),
        live.key(),
        false,
        live.giveUpAfter(),
        live.backoff(),
        live.linger(),
        live.lineBytesMax());
  }

  private static Shipment shipment(
      TestReceiver receiver,
      List<Path> files,
      InputStream input,
      boolean follow,
      boolean gzip,
      Map<String, String> resource) {
    return new Shipment(
        files,
        input,
        follow,
        false,
        resource,
        receiver.url(),
        Optional.of(new Secret("lodge_ing_x")),
        gzip,
        Duration.ofSeconds(2),
        QUICK,
        Duration.ofMillis(50),
        Shipment.LINE_BYTES_MAX);
  }

  private static InputStream input(String text) {
    return new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8));
  }

  private static String numbered(int from, int to) {
    return IntStream.range(from, to)
        .mapToObj(i -> "line " + i + "\n")
        .collect(Collectors.joining());
  }

  private static void append(Path file, String text) throws Exception {
    Files.writeString(file, text, StandardOpenOption.APPEND);
  }

  private static Map<String, String> attributes(List<KeyValue> attributes) {
    return attributes.stream()
        .collect(Collectors.toMap(KeyValue::getKey, kv -> kv.getValue().getStringValue()));
  }
}
