package io.lodge.bench;

import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/**
 * Posts bodies over several connections, each waiting for its answer before the next, for a time;
 * at full speed or at a rate.
 *
 * @param connections concurrent requests
 * @param seconds how long
 * @param recordsPerSecond the rate over all connections; 0 for as fast as answered
 */
record Load(int connections, double seconds, double recordsPerSecond) {

  /**
   * What was answered.
   *
   * @param records acknowledged with a status of 200 and up
   * @param refused answers with another status
   * @param seconds from the first request to the last answer
   * @param latenciesNanos of each acknowledged request, sorted; at a rate they count from when the
   *     request was due, so that a stall counts for all that it delayed
   */
  record Result(long records, long refused, double seconds, long[] latenciesNanos) {

    double recordsPerSecond() {
      return records / seconds;
    }

    double latencyMillis(double quantile) {
      int last = latenciesNanos.length - 1;
      return last < 0 ? Double.NaN : latenciesNanos[(int) (quantile * last)] / 1e6;
    }
  }

  Result run(int port, List<Body> bodies) throws InterruptedException, ExecutionException {
    long startNanos = System.nanoTime();
    try (ExecutorService threads = Executors.newFixedThreadPool(connections)) {
      List<Future<Answers>> running = new ArrayList<>();
      for (int i = 0; i < connections; i++) {
        int number = i;
        running.add(threads.submit(() -> post(port, bodies, number, startNanos)));
      }
      long records = 0;
      long refused = 0;
      long[] latencies = {};
      for (Future<Answers> answers : running) {
        Answers one = answers.get();
        records += one.records;
        refused += one.refused;
        int before = latencies.length;
        latencies = Arrays.copyOf(latencies, before + one.count);
        System.arraycopy(one.latenciesNanos, 0, latencies, before, one.count);
      }
      Arrays.sort(latencies);
      return new Result(records, refused, (System.nanoTime() - startNanos) / 1e9, latencies);
    }
  }

  private static final class Answers {
    private long records;
    private long refused;
    private long[] latenciesNanos = new long[1 << 12];
    private int count;

    private void add(int status, int recordsSent, long latencyNanos) {
      if (status / 100 != 2) {
        refused++;
        return;
      }
      records += recordsSent;
      if (count == latenciesNanos.length) {
        latenciesNanos = Arrays.copyOf(latenciesNanos, count * 2);
      }
      latenciesNanos[count++] = latencyNanos;
    }
  }

  private Answers post(int port, List<Body> shared, int number, long startNanos)
      throws IOException, InterruptedException {
    // Bodies of its own: their times are written in place.
    List<Body> bodies = shared.stream().map(Body::copy).toList();
    Answers answers = new Answers();
    long endNanos = startNanos + (long) (seconds * 1e9);
    double gapNanos =
        recordsPerSecond == 0
            ? 0
            : bodies.getFirst().records * connections / recordsPerSecond * 1e9;
    double due = startNanos + gapNanos * number / connections;
    try (HttpConnection connection =
        new HttpConnection(
            "127.0.0.1", port, bodies.getFirst().path, bodies.getFirst().contentType)) {
      for (int i = number; System.nanoTime() < endNanos; i++) {
        waitUntil((long) due);
        long begin = gapNanos == 0 ? System.nanoTime() : (long) due;
        due += gapNanos;
        Body body = bodies.get(i % bodies.size());
        body.setTime(unixNanos());
        int status = connection.post(body.bytes);
        answers.add(status, body.records, System.nanoTime() - begin);
      }
    }
    return answers;
  }

  private static void waitUntil(long nanos) throws InterruptedException {
    long left = nanos - System.nanoTime();
    if (left > 0) {
      Thread.sleep(left / 1_000_000, (int) (left % 1_000_000));
    }
  }

  static long unixNanos() {
    Instant now = Instant.now();
    return now.getEpochSecond() * 1_000_000_000L + now.getNano();
  }
}
