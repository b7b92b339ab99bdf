package io.lodge.kafka;

import io.lodge.ingest.HeldSegment;
import io.lodge.model.ContentEncoding;
import io.lodge.model.Outcome;
import io.lodge.model.Payload;
import io.lodge.model.PayloadKind;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;

/** The open segment of a source and the offsets it holds. One thread. */
final class Batch {
  /** Longer values are no records but accidents: only their beginning is kept. */
  private static final int VALUE_BYTES_MAX = 32 << 20;

  private static final int KEPT_BYTES = 1 << 20;
  private static final int CONTEXT_BYTES_MAX = 255;

  final HeldSegment segment;
  final Ranges ranges = new Ranges();
  private final KafkaOptions options;
  private long taken;
  private long unreadable;
  private long empty;

  Batch(HeldSegment segment, KafkaOptions options) {
    this.segment = segment;
    this.options = options;
  }

  /**
   * Takes a record: as what it is, or, if that cannot be read, as a dead letter.
   *
   * @return false if the journal has no room for it
   */
  boolean take(ConsumerRecord<byte[], byte[]> record, long receivedUnixNanos) {
    byte[] value = record.value();
    if (value == null || value.length == 0) {
      empty++;
    } else {
      Outcome outcome =
          value.length > VALUE_BYTES_MAX
              ? new Outcome.TooLarge("value of " + value.length + " bytes")
              : segment.take(
                  payload(
                      options.kind(),
                      contextOf(record.topic()),
                      receivedUnixNanos,
                      value,
                      value.length));
      switch (outcome) {
        case Outcome.Accepted _, Outcome.Late _ -> taken++;
        case Outcome.RetryLater _ -> {
          return false;
        }
        case Outcome.Malformed it -> {
          if (!reject(record, receivedUnixNanos, "malformed", it.message())) {
            return false;
          }
        }
        case Outcome.TooLarge it -> {
          if (!reject(record, receivedUnixNanos, "too_large", it.message())) {
            return false;
          }
        }
      }
    }
    ranges.add(new TopicPartition(record.topic(), record.partition()), record.offset());
    return true;
  }

  private boolean reject(
      ConsumerRecord<byte[], byte[]> record, long received, String reason, String message) {
    byte[] value = record.value();
    String place = record.topic() + "/" + record.partition() + "/" + record.offset();
    String context = cut(reason + " " + place + ": " + message);
    int length = value.length > VALUE_BYTES_MAX ? KEPT_BYTES : value.length;
    Outcome outcome =
        segment.take(payload(PayloadKind.KAFKA_UNREADABLE, context, received, value, length));
    if (!(outcome instanceof Outcome.Accepted)) {
      return false;
    }
    unreadable++;
    return true;
  }

  /** Wide events have a dataset, and a topic of them is one. */
  private String contextOf(String topic) {
    return options.kind() == PayloadKind.JSON_EVENTS ? topic : "";
  }

  private static String cut(String text) {
    String ascii = text.replaceAll("[^\\x20-\\x7E]", "?");
    return ascii.length() <= CONTEXT_BYTES_MAX ? ascii : ascii.substring(0, CONTEXT_BYTES_MAX);
  }

  /**
   * Ends the segment and makes it durable.
   *
   * @return false if the journal has no room for its end
   */
  boolean close(long receivedUnixNanos) {
    byte[] text = ranges.toBytes();
    Outcome outcome =
        segment.take(payload(PayloadKind.KAFKA_RANGES, "", receivedUnixNanos, text, text.length));
    if (!(outcome instanceof Outcome.Accepted)) {
      return false;
    }
    segment.close();
    return true;
  }

  private Payload payload(
      PayloadKind kind, String context, long received, byte[] bytes, int length) {
    return new Payload(
        kind, ContentEncoding.IDENTITY, options.tenant(), context, received, bytes, 0, length);
  }

  /** Its offsets are committed. */
  void count(KafkaMetrics.OfSource metrics) {
    metrics.taken.inc(taken);
    metrics.record("unreadable", unreadable);
    metrics.record("empty", empty);
    metrics.commit("committed");
  }
}
