package io.lodge.kafka;

import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import org.apache.kafka.common.TopicPartition;

/**
 * Which offsets a segment holds: from the first record taken to the one after the last. The last
 * payload of every segment says so, a line {@code TOPIC PARTITION FIRST NEXT} for each partition. A
 * segment without it was never committed.
 */
final class Ranges {
  private final Map<TopicPartition, long[]> ranges = new LinkedHashMap<>();

  /** Counts a record in. */
  void add(TopicPartition partition, long offset) {
    long[] range = ranges.computeIfAbsent(partition, p -> new long[] {offset, offset});
    range[1] = offset + 1;
  }

  boolean isEmpty() {
    return ranges.isEmpty();
  }

  /** Where each partition begins. */
  Map<TopicPartition, Long> first() {
    return each(0);
  }

  /** Where each partition goes on. */
  Map<TopicPartition, Long> next() {
    return each(1);
  }

  private Map<TopicPartition, Long> each(int end) {
    Map<TopicPartition, Long> each = new HashMap<>();
    ranges.forEach((partition, range) -> each.put(partition, range[end]));
    return each;
  }

  byte[] toBytes() {
    StringBuilder text = new StringBuilder();
    ranges.forEach((partition, range) ->
        text.append(partition.topic())
            .append(' ')
            .append(partition.partition())
            .append(' ')
            .append(range[0])
            .append(' ')
            .append(range[1])
            .append('\n'));
    return text.toString().getBytes(StandardCharsets.UTF_8);
  }

  /**
   * Reads them back.
   *
   * @throws IllegalArgumentException if it is something else
   */
  static Ranges parse(byte[] bytes, int offset, int length) {
    Ranges ranges = new Ranges();
    String text = new String(bytes, offset, length, StandardCharsets.UTF_8);
    for (String line : text.lines().toList()) {
      String[] words = line.split(" ", -1);
      if (words.length != 4) {
        throw new IllegalArgumentException("unexpected range; got '" + line + "'");
      }
      ranges.ranges.put(
          new TopicPartition(words[0], Integer.parseInt(words[1])),
          new long[] {Long.parseLong(words[2]), Long.parseLong(words[3])});
    }
    return ranges;
  }
}
