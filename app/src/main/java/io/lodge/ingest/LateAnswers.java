package io.lodge.ingest;

import io.lodge.journal.Milestones;
import io.lodge.model.Ack;
import io.lodge.model.Outcome;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/**
 * Answers that wait for more of a segment than the disk. Filled by its shard, then told by whoever
 * delivers the segment; an answer that is late has been given by its deadline.
 */
final class LateAnswers implements Milestones {
  private final List<Answer> answers = new ArrayList<>();

  /** Without the payload: its memory is given back when it is answered, however that comes. */
  private record Answer(Ack ack, CompletableFuture<Outcome> promise, Outcome.Accepted outcome) {
    void give() {
      promise.complete(outcome);
    }
  }

  /** One more that waits, no longer than its deadline from now on. */
  void add(Submission submission, Outcome.Accepted outcome, IngestCounters counters) {
    Outcome late =
        new Outcome.Late(
            submission.ack() == Ack.OBJECT
                ? "kept, and not in the bucket in time; what is sent again is stored twice"
                : "kept, and not in ClickHouse in time; what is sent again is stored twice");
    var _ =
        submission
            .outcome()
            .completeOnTimeout(late, submission.ackTimeout().toNanos(), TimeUnit.NANOSECONDS)
            .thenAccept(given -> {
              if (late.equals(given)) {
                counters.ackTimeouts.increment();
              }
            });
    answers.add(new Answer(submission.ack(), submission.outcome(), outcome));
  }

  boolean isEmpty() {
    return answers.isEmpty();
  }

  @Override
  public boolean waitForBucket() {
    return answers.stream().anyMatch(answer -> answer.ack == Ack.OBJECT);
  }

  @Override
  public void inBucket() {
    for (Answer answer : answers) {
      if (answer.ack == Ack.OBJECT) {
        answer.give();
      }
    }
  }

  @Override
  public void stored() {
    answers.forEach(Answer::give);
  }

  @Override
  public void quarantined() {
    Outcome refused =
        new Outcome.Late("kept in quarantine, for its segment could not be delivered");
    answers.forEach(answer -> answer.promise.complete(refused));
  }
}
