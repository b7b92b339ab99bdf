package io.lodge.ingest;

import static org.assertj.core.api.Assertions.assertThat;

import io.lodge.model.Ack;
import io.lodge.model.ContentEncoding;
import io.lodge.model.Outcome;
import io.lodge.model.Payload;
import io.lodge.model.PayloadKind;
import java.lang.ref.WeakReference;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** An answer is given at its own milestone, or at its deadline, and then no more. */
class LateAnswersTest {
  private static final Outcome.Accepted ACCEPTED = new Outcome.Accepted(1, 0, "");
  private static final Duration LONG = Duration.ofHours(1);

  private final LateAnswers answers = new LateAnswers();
  private final IngestCounters counters = new IngestCounters();

  private Submission waiting(Ack ack, Duration deadline) {
    Payload payload =
        new Payload(
            PayloadKind.JSON_EVENTS, ContentEncoding.IDENTITY, "default", "", 0, new byte[0], 0, 0);
    Submission submission = new Submission(payload, ack, deadline);
    answers.add(submission, ACCEPTED, counters);
    return submission;
  }

  @Test
  void theBucketAnswersThoseWhoWaitForItAndClickHouseAll() {
    Submission object = waiting(Ack.OBJECT, LONG);
    Submission clickHouse = waiting(Ack.CLICKHOUSE, LONG);
    assertThat(answers.waitForBucket()).isTrue();
    answers.inBucket();
    assertThat(object.outcome()).isCompletedWithValue(ACCEPTED);
    assertThat(clickHouse.outcome()).isNotDone();
    answers.stored();
    assertThat(clickHouse.outcome()).isCompletedWithValue(ACCEPTED);
  }

  @Test
  void whatIsStoredNeedsNoBucket() {
    Submission object = waiting(Ack.OBJECT, LONG);
    answers.stored();
    assertThat(object.outcome()).isCompletedWithValue(ACCEPTED);
  }

  @Test
  void quarantineIsNeitherAcceptedNorRefused() {
    Submission clickHouse = waiting(Ack.CLICKHOUSE, LONG);
    assertThat(answers.waitForBucket()).isFalse();
    answers.quarantined();
    assertThat(clickHouse.outcome().join()).isInstanceOf(Outcome.Late.class);
  }

  /** Thousands may wait for minutes, and memory was given back for their payloads. */
  @Test
  void payloadsAreNotHeldWhileTheyWait() throws Exception {
    WeakReference<byte[]> body = waitingFor(new byte[1 << 20]);
    long endNanos = System.nanoTime() + TimeUnit.SECONDS.toNanos(30);
    while (body.get() != null) {
      assertThat(System.nanoTime()).as("it is held").isLessThan(endNanos);
      System.gc();
      Thread.sleep(5);
    }
    assertThat(answers.isEmpty()).isFalse();
  }

  private WeakReference<byte[]> waitingFor(byte[] body) {
    Payload payload =
        new Payload(
            PayloadKind.JSON_EVENTS,
            ContentEncoding.IDENTITY,
            "default",
            "",
            0,
            body,
            0,
            body.length);
    answers.add(new Submission(payload, Ack.CLICKHOUSE, LONG), ACCEPTED, counters);
    return new WeakReference<>(body);
  }

  @Test
  void theDeadlineAnswersAndIsCounted() throws Exception {
    Submission clickHouse = waiting(Ack.CLICKHOUSE, Duration.ofMillis(1));
    assertThat(clickHouse.outcome().get(30, TimeUnit.SECONDS)).isInstanceOf(Outcome.Late.class);
    answers.stored();
    assertThat(clickHouse.outcome().join()).isInstanceOf(Outcome.Late.class);
    long endNanos = System.nanoTime() + TimeUnit.SECONDS.toNanos(30);
    while (counters.ackTimeouts() == 0 && System.nanoTime() < endNanos) {
      Thread.sleep(5);
    }
    assertThat(counters.ackTimeouts()).isOne();
  }
}
