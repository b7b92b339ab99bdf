package io.lodge.ship;

import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;

/**
 * Sends a shipment, in order, one request at a time: a batch is sent until it is acknowledged,
 * refused for good, or given up, and only then the next one. To be run once.
 */
public final class Shipper {
  /** How long a stop waits for readers to hand over what they have. */
  private static final Duration STOP_GRACE = Duration.ofSeconds(1);

  private static final Duration NOTICE_EVERY = Duration.ofSeconds(30);

  private final Shipment shipment;
  private final Consumer<String> notices;
  private final Batches batches;
  private final LineReader reader;
  private final RandomGenerator random = RandomGenerator.getDefault();
  private final AtomicReference<Optional<String>> failure = new AtomicReference<>(Optional.empty());
  private final Tally tally = new Tally();
  private final List<Thread> readers = new ArrayList<>();
  private volatile boolean stopped;
  private boolean closed;
  private long noticedNanos;

  /** Counts of the sending thread. */
  private static final class Tally {
    long read;
    long acknowledged;
    long rejected;
    long resent;
    long bytes;
  }

  /**
   * @param notices takes what people should know while it runs, one line each; from any thread
   */
  public Shipper(Shipment shipment, Consumer<String> notices) {
    this.shipment = shipment;
    this.notices = notices;
    this.batches = new Batches(shipment.linger());
    this.reader = new LineReader(shipment, batches, () -> stopped, notices);
  }

  /**
   * Reads and sends until the input ends, or {@link #stop} is called, or nothing more can be sent.
   * An interrupt ends it at once.
   */
  public ShipReport run() {
    long startNanos = System.nanoTime();
    startReaders();
    try (Receiver receiver = new Receiver(shipment.logs(), shipment.key(), shipment.gzip())) {
      Optional<Batch> batch = batches.take();
      while (batch.isPresent()) {
        ship(batch.get(), receiver);
        batch = batches.take();
      }
      awaitReaders();
    } catch (InterruptedException e) {
      fail("cannot go on: interrupted");
      batches.close();
    }
    long late = batches.refused() + (reader.isUnfinished() ? 1 : 0);
    return new ShipReport(
        tally.read + late,
        tally.acknowledged,
        tally.rejected,
        tally.read - tally.acknowledged - tally.rejected + late,
        tally.resent,
        tally.bytes,
        Duration.ofNanos(System.nanoTime() - startNanos),
        failure.get());
  }

  /** Lets readers count what they hold; one that is blocked in a read holds nothing. */
  private void awaitReaders() throws InterruptedException {
    long deadlineNanos = System.nanoTime() + STOP_GRACE.toNanos();
    for (Thread thread : readers) {
      thread.join(Duration.ofNanos(Math.max(1, deadlineNanos - System.nanoTime())));
    }
  }

  /** Stops reading; what was read is still sent. Safe to call from any thread, more than once. */
  public void stop() {
    stopped = true;
    Thread.ofVirtual()
        .start(() -> {
          // A reader of standard input may be blocked for ever: after the grace it is left.
          try {
            Thread.sleep(STOP_GRACE);
          } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
          }
          batches.close();
        });
  }

  private void startReaders() {
    List<Task> tasks = new ArrayList<>();
    if (shipment.files().isEmpty()) {
      tasks.add(reader::readInput);
    } else if (shipment.follow()) {
      shipment.files().forEach(file -> tasks.add(() -> reader.follow(file)));
    } else {
      tasks.add(() -> {
        for (Path file : shipment.files()) {
          reader.readFile(file);
        }
      });
    }
    AtomicInteger running = new AtomicInteger(tasks.size());
    for (Task task : tasks) {
      // Daemons: one that is blocked in a read of standard input must not keep the process.
      readers.add(Thread.ofPlatform().daemon().name("ship-read").start(() -> read(task, running)));
    }
  }

  /** Reads one input. */
  @FunctionalInterface
  private interface Task {
    void run() throws IOException, InterruptedException;
  }

  private void read(Task task, AtomicInteger running) {
    guarded(task);
    if (running.decrementAndGet() == 0) {
      batches.close();
    }
  }

  private void guarded(Task task) {
    try {
      task.run();
    } catch (NoSuchFileException e) {
      fail("cannot read " + e.getFile() + ": it does not exist");
    } catch (IOException e) {
      fail("cannot read the input: " + e.getMessage());
    } catch (InterruptedException e) {
      fail("cannot read on: interrupted");
    }
  }

  private void ship(Batch batch, Receiver receiver) throws InterruptedException {
    tally.read += batch.lines();
    if (closed) {
      return;
    }
    byte[] body = batch.encode(shipment.gzip());
    long startNanos = System.nanoTime();
    for (int failures = 1; ; failures++) {
      Reply reply = receiver.send(body);
      switch (reply) {
        case Reply.Acknowledged acknowledged -> {
          count(batch, acknowledged);
          return;
        }
        case Reply.Refused refused -> {
          tally.rejected += batch.lines();
          notices.accept(
              "cannot deliver " + batch.lines() + " lines: " + refused.reason() + "; going on");
          return;
        }
        case Reply.Closed closed -> {
          giveUp(closed.reason());
          return;
        }
        case Reply.Later later -> {
          Duration wait = longer(later.after(), shipment.backoff().after(failures, random));
          Duration tried = Duration.ofNanos(System.nanoTime() - startNanos);
          if (isOver(tried.plus(wait))) {
            giveUp(later.reason() + "; gave up after " + tried.toMillis() / 1000.0 + " s");
            return;
          }
          notice(later.reason(), failures);
          Thread.sleep(wait);
          tally.resent++;
        }
      }
    }
  }

  private void count(Batch batch, Reply.Acknowledged reply) {
    long rejected = Math.clamp(reply.rejected(), 0, batch.lines());
    tally.rejected += rejected;
    tally.acknowledged += batch.lines() - rejected;
    tally.bytes += batch.lineBytes();
    if (!reply.reason().isEmpty()) {
      notices.accept(rejected + " lines rejected: " + reply.reason());
    }
  }

  /** A stop bounds what following does not: whoever stops it does not want to wait for ever. */
  private boolean isOver(Duration tried) {
    boolean bounded = !shipment.follow() || stopped;
    return bounded && tried.compareTo(shipment.giveUpAfter()) > 0;
  }

  private void giveUp(String reason) {
    fail("cannot deliver to " + shipment.logs() + ": " + reason);
    closed = true;
    stopped = true;
    batches.close();
  }

  private void fail(String reason) {
    failure.compareAndSet(Optional.empty(), Optional.of(reason));
    notices.accept(reason);
  }

  private void notice(String reason, int failures) {
    long now = System.nanoTime();
    if (failures == 1 || now - noticedNanos > NOTICE_EVERY.toNanos()) {
      noticedNanos = now;
      notices.accept("cannot deliver to " + shipment.logs() + " yet: " + reason + "; trying again");
    }
  }

  private static Duration longer(Duration a, Duration b) {
    return a.compareTo(b) > 0 ? a : b;
  }
}
