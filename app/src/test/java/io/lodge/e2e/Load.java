package io.lodge.e2e;

import io.opentelemetry.proto.logs.v1.LogRecord;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Supplier;
import java.util.stream.IntStream;

/**
 * Producers that send numbered records, half of them over HTTP and half over gRPC, one request
 * after the other each, and keep the ledger. What is refused for now is sent again, as OTLP has it;
 * what may have been kept is not.
 */
final class Load implements AutoCloseable {
  /** A producer pauses between requests so that tests measure nothing but what they claim. */
  private static final Duration PAUSE = Duration.ofMillis(3);

  private static final Duration RETRY_MAX = Duration.ofSeconds(1);

  private final Ledger ledger;
  private final int requestRecords;
  private final Duration pause;
  private final List<Thread> producers = new ArrayList<>();
  private final List<String> surprises = new CopyOnWriteArrayList<>();
  private volatile boolean stopping;

  private Load(Ledger ledger, int requestRecords, Duration pause) {
    this.ledger = ledger;
    this.requestRecords = requestRecords;
    this.pause = pause;
  }

  static Load start(Ledger ledger, Addresses at, int producers, int requestRecords) {
    return start(ledger, at, producers, requestRecords, PAUSE);
  }

  static Load start(
      Ledger ledger, Addresses at, int producers, int requestRecords, Duration pause) {
    Load load = new Load(ledger, requestRecords, pause);
    for (int i = 0; i < producers; i++) {
      int producer = i;
      Supplier<OtlpConnection> connection =
          i % 2 == 0
              ? () -> OtlpConnection.http(at.otlpHttpUrl())
              : () -> OtlpConnection.grpc(at.otlpGrpcUrl());
      load.producers.add(
          Thread.ofPlatform()
              .name("producer-" + i)
              .start(() -> load.produce(producer, connection)));
    }
    return load;
  }

  private void produce(int producer, Supplier<OtlpConnection> connect) {
    try (OtlpConnection connection = connect.get()) {
      for (int next = 0; !stopping; next += requestRecords) {
        List<Numbered> records =
            IntStream.range(next, next + requestRecords)
                .mapToObj(sequence -> new Numbered(producer, sequence))
                .toList();
        List<LogRecord> logs = records.stream().map(Numbered::toOtlp).toList();
        send(connection, records, Otlp.request(ledger.service(), logs).toByteArray());
        Thread.sleep(pause);
      }
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
    } catch (RuntimeException | Error broken) {
      surprises.add(broken.toString());
    }
  }

  /** Returns when it is kept, may be kept, or is given up because the load stops. */
  private void send(OtlpConnection connection, List<Numbered> records, byte[] request)
      throws InterruptedException {
    ledger.sent(records);
    do {
      switch (connection.send(request)) {
        case Reply.Acknowledged _ -> {
          ledger.acknowledged(records);
          return;
        }
        case Reply.Unknown _ -> {
          return;
        }
        case Reply.NotSent notSent -> {
          ledger.again(records, "not sent: " + notSent.cause());
          Thread.sleep(20);
        }
        case Reply.Refused refused -> {
          ledger.refused();
          ledger.again(records, "refused: " + refused.message());
          if (refused.after().isNegative()) {
            surprises.add("refused without saying for how long: " + refused.message());
          }
          Thread.sleep(refused.after().compareTo(RETRY_MAX) < 0 ? refused.after() : RETRY_MAX);
        }
      }
    } while (!stopping);
  }

  /** Waits until that many more records are acknowledged. */
  void awaitAcknowledged(int more) {
    int goal = ledger.acknowledged() + more;
    Waiting.until(
        more + " more records are acknowledged",
        () -> ledger.acknowledged() >= goal,
        () -> ledger.acknowledged() + " of " + goal + "; " + surprises);
  }

  void awaitRefusals(int more) {
    int goal = ledger.refusals() + more;
    Waiting.until(more + " more requests are refused", () -> ledger.refusals() >= goal);
  }

  /** Ends it; every request has its answer then, or never gets one. */
  void stop() {
    stopping = true;
    for (Thread producer : producers) {
      try {
        producer.join(Waiting.LONG);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
      if (producer.isAlive()) {
        surprises.add(producer.getName() + " waits for an answer");
      }
    }
    if (!surprises.isEmpty()) {
      throw new AssertionError("producers met what must not be: " + surprises);
    }
  }

  @Override
  public void close() {
    stopping = true;
    producers.forEach(Thread::interrupt);
  }
}
