package io.lodge.bench;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.SplittableRandom;
import java.util.function.BiFunction;

/**
 * What events cost the gateway, journal on: CPU-seconds of its process per million, for each
 * protocol that sends them. One connection posts requests of a thousand; the clock is from the
 * first request until ClickHouse has the last.
 *
 * <p>{@code java … io.lodge.bench.Events ./lodge DATA [THOUSANDS OF EVENTS]}
 */
public final class Events {
  private static final int PER_REQUEST = 1000;
  private static final int DISTINCT_REQUESTS = 40;
  private static final int WARM_UP_REQUESTS = 400;

  private Events() {}

  public static void main(String[] arguments) throws IOException, InterruptedException {
    int requests = arguments.length > 2 ? Integer.parseInt(arguments[2]) : 1000;
    try (Gateway gateway = new Gateway(Path.of(arguments[0]), Path.of(arguments[1]))) {
      run(gateway, requests, "wide events", "/v1/events/web", Events::wide);
      run(gateway, requests, "elasticsearch", "/web/_bulk", Events::bulk);
      run(
          gateway,
          requests,
          "analytics rows",
          "/?query=INSERT+INTO+events+FORMAT+JSONEachRow",
          Events::row);
    }
  }

  private static void run(
      Gateway gateway,
      int requests,
      String name,
      String path,
      BiFunction<SplittableRandom, Integer, String> event)
      throws IOException, InterruptedException {
    List<byte[]> bodies = bodies(event);
    try (HttpConnection connection =
        new HttpConnection("127.0.0.1", gateway.otlpHttpPort, path, "application/json")) {
      post(connection, bodies, WARM_UP_REQUESTS);
      gateway.awaitStored();
      ProcessUse before = gateway.use();
      long start = System.nanoTime();
      post(connection, bodies, requests);
      gateway.awaitStored();
      double seconds = (System.nanoTime() - start) / 1e9;
      double cpu = gateway.use().cpuSeconds() - before.cpuSeconds();
      double millions = requests * (double) PER_REQUEST / 1e6;
      System.out.printf(
          Locale.ROOT,
          "%-15s %.2f CPU-s of the gateway per million, %.0f events/s, %d bytes each%n",
          name,
          cpu / millions,
          millions * 1e6 / seconds,
          bodies.getFirst().length / PER_REQUEST);
    }
  }

  private static void post(HttpConnection connection, List<byte[]> bodies, int requests)
      throws IOException {
    for (int i = 0; i < requests; i++) {
      int status = connection.post(bodies.get(i % bodies.size()));
      if (status != 200) {
        throw new IOException("cannot go on: the gateway answered " + status);
      }
    }
  }

  private static List<byte[]> bodies(BiFunction<SplittableRandom, Integer, String> event) {
    SplittableRandom random = new SplittableRandom(1);
    List<byte[]> bodies = new ArrayList<>();
    for (int request = 0; request < DISTINCT_REQUESTS; request++) {
      StringBuilder body = new StringBuilder();
      for (int i = 0; i < PER_REQUEST; i++) {
        body.append(event.apply(random, request * PER_REQUEST + i)).append('\n');
      }
      bodies.add(body.toString().getBytes(StandardCharsets.UTF_8));
    }
    return bodies;
  }

  private static String wide(SplittableRandom random, int number) {
    return ("{\"timestamp\":%d,\"service\":\"svc-%d\",\"host\":\"host-%d\",\"status\":%d,\"method\":\"GET\","
            + "\"request_path\":\"/api/v1/items/%d\",\"user_id\":\"%d\",\"request_id\":\"%016x\",\"region\":\"eu-1\","
            + "\"pod\":{\"name\":\"pod-%d\",\"version\":\"1.%d\"},\"response_time\":%.3f,\"size\":%d}")
        .formatted(
            1_795_000_000_000L + number,
            random.nextInt(20),
            random.nextInt(50),
            random.nextInt(10) == 0 ? 500 : 200,
            random.nextInt(20_000),
            random.nextInt(500_000),
            random.nextLong(),
            random.nextInt(3000),
            random.nextInt(12),
            random.nextDouble() * 100,
            random.nextInt(100_000));
  }

  private static String bulk(SplittableRandom random, int number) {
    return "{\"create\":{}}\n" + wide(random, number);
  }

  private static String row(SplittableRandom random, int number) {
    return ("{\"uuid\":\"%08x-0000-4000-8000-%012x\",\"team_id\":%d,\"event\":\"$pageview\","
            + "\"timestamp\":\"2026-11-20T12:%02d:%02d.000Z\",\"distinct_id\":\"user_%d\","
            + "\"properties\":\"{\\\"url\\\":\\\"/item/%d\\\",\\\"$session_id\\\":\\\"s-%d\\\",\\\"$browser\\\":\\\"Firefox\\\","
            + "\\\"$os\\\":\\\"Linux\\\",\\\"utm_source\\\":\\\"news\\\",\\\"plan\\\":\\\"pro\\\"}\"}")
        .formatted(
            random.nextInt(),
            number,
            random.nextInt(5),
            random.nextInt(60),
            random.nextInt(60),
            random.nextInt(10_000),
            random.nextInt(5_000),
            random.nextInt(20_000));
  }
}
