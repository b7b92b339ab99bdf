package io.lodge.bench;

import java.nio.charset.StandardCharsets;
import java.util.SplittableRandom;
import java.util.function.IntFunction;

/** Wide events and product-analytics events, a line each. Seeded. */
final class EventRequests {
  private final SplittableRandom random = new SplittableRandom(1);
  private int number;

  byte[] wide(int count) {
    return lines(count, this::wideEvent);
  }

  byte[] bulk(int count) {
    return lines(count, i -> "{\"create\":{}}\n" + wideEvent(i));
  }

  byte[] rows(int count) {
    return lines(count, this::row);
  }

  private byte[] lines(int count, IntFunction<String> event) {
    StringBuilder body = new StringBuilder();
    for (int i = 0; i < count; i++) {
      body.append(event.apply(number++)).append('\n');
    }
    return body.toString().getBytes(StandardCharsets.UTF_8);
  }

  private String wideEvent(int number) {
    return ("{\"timestamp\":%d,\"service\":\"svc-%d\",\"host\":\"host-%d\",\"status\":%d,\"method\":\"GET\","
            + "\"request_path\":\"/api/v1/items/%d\",\"user_id\":\"%d\",\"request_id\":\"%016x\",\"region\":\"eu-1\","
            + "\"pod\":{\"name\":\"pod-%d\",\"version\":\"1.%d\"},\"response_time\":%.3f,\"size\":%d}")
        .formatted(
            Load.unixNanos() / 1_000_000 + number % 1000,
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

  private String row(int number) {
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
