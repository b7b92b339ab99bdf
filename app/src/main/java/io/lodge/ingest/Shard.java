package io.lodge.ingest;

import io.lodge.base.Time;
import io.lodge.decode.BodyTooLargeException;
import io.lodge.decode.Decoded;
import io.lodge.decode.MalformedPayloadException;
import io.lodge.decode.PayloadDecoder;
import io.lodge.deliver.Pressure;
import io.lodge.journal.ClosedSegment;
import io.lodge.journal.Journal;
import io.lodge.journal.JournalFailure;
import io.lodge.journal.OpenSegment;
import io.lodge.lane.Lanes;
import io.lodge.model.Outcome;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One thread with one open segment: decodes payloads into its lanes, appends their bytes, and
 * answers them once they are on disk. What arrives while the disk syncs shares the next sync.
 *
 * <p>All state belongs to the thread; only {@link #offer}, {@link #backlogBytes} and {@link #stop}
 * are for others.
 */
final class Shard {
  private static final Logger log = LoggerFactory.getLogger(Shard.class);

  /**
   * Payloads that wait for this thread. More than it can take in a second is no buffer but a delay.
   */
  private static final int QUEUE_MAX = 2048;

  /** Payloads and bytes that share one sync: bounds how long the first of them waits. */
  private static final int GROUP_PAYLOADS_MAX = 512;

  private static final long GROUP_BYTES_MAX = 4L << 20;

  /** From this many payloads on a group waits for more, and for how long since its first. */
  private static final int COMPANY = 4;

  private static final Duration GATHER = Duration.ofMillis(2);

  /** It looks up this often, and waits no longer once nobody came. */
  private static final Duration GATHER_STEP = Duration.ofMillis(1);

  /** What a payload costs beside its bytes, as bytes whose decoding takes as long. */
  private static final int PAYLOAD_COST_BYTES = 4 << 10;

  private final PipelineOptions options;
  private final Journal journal;
  private final LanesPool lanesPool;
  private final Outbox outbox;
  private final Pressure pressure;
  private final Admission admission;
  private final IngestCounters counters;
  private final Time time;
  private final Consumer<Throwable> fatal;
  private final RulesInForce rules;
  private final Thread thread;

  private final BlockingQueue<Submission> queue = new ArrayBlockingQueue<>(QUEUE_MAX);
  private final AtomicLong waitingBytes = new AtomicLong();
  private final Decoded decoded = new Decoded();
  private final List<Answer> group = new ArrayList<>();

  /** Of the open segment. */
  private LateAnswers late = new LateAnswers();

  private volatile boolean stopping;

  private RulesInForce.Named followed;
  private PayloadDecoder decoder;
  private @Nullable OpenSegment segment;
  private @Nullable Lanes lanes;
  private long openedNanos;
  private boolean answeredFromMemory;
  private long groupBytes;
  private long groupNanos;

  /** An outcome that holds once the group is on disk. */
  private record Answer(Submission submission, Outcome.Accepted outcome) {}

  Shard(
      int number,
      PipelineOptions options,
      Journal journal,
      RulesInForce rules,
      LanesPool lanesPool,
      Outbox outbox,
      Pressure pressure,
      Admission admission,
      IngestCounters counters,
      Time time,
      Consumer<Throwable> fatal) {
    this.options = options;
    this.journal = journal;
    this.lanesPool = lanesPool;
    this.outbox = outbox;
    this.pressure = pressure;
    this.admission = admission;
    this.counters = counters;
    this.time = time;
    this.fatal = fatal;
    this.rules = rules;
    followed = rules.current();
    decoder = new PayloadDecoder(options.limits(), followed.rules());
    thread = Thread.ofPlatform().name("shard-" + number).unstarted(this::run);
  }

  void start() {
    thread.start();
  }

  /** Takes the payload if there is room in the queue. */
  boolean offer(Submission submission) {
    long bytes = costBytes(submission);
    waitingBytes.addAndGet(bytes);
    boolean taken = queue.offer(submission);
    if (!taken) {
      waitingBytes.addAndGet(-bytes);
    }
    return taken;
  }

  /** Work that waits: bytes of bodies, and what each payload costs beside them. */
  long backlogBytes() {
    return waitingBytes.get();
  }

  private static long costBytes(Submission submission) {
    return PAYLOAD_COST_BYTES + (long) submission.payload().length();
  }

  /** Finishes what is queued, closes the segment and ends the thread. */
  void stop() throws InterruptedException {
    stopping = true;
    thread.join();
  }

  private void run() {
    try {
      while (!stopping || !queue.isEmpty()) {
        turn(pollNanos());
      }
      finish();
    } catch (Throwable broken) {
      // Also an Error: a shard that is gone would leave clients waiting for ever.
      fatal.accept(broken);
    }
  }

  /**
   * One step of the thread: takes a group of payloads, and closes the segment when it is due.
   *
   * @param waitNanos how long to wait for the first of them
   */
  void turn(long waitNanos) throws InterruptedException {
    Submission first = queue.poll(waitNanos, TimeUnit.NANOSECONDS);
    if (first != null) {
      group(first);
    }
    if (segment != null && isDue()) {
      seal();
    }
  }

  /** Whether {@link #turn} would do something without waiting. */
  boolean isTurn() {
    return !queue.isEmpty() || (segment != null && isDue());
  }

  /** The last step: closes the segment, due or not. */
  void finish() {
    if (segment != null) {
      seal();
    }
  }

  /** Waits for work no longer than the open segment may age, and looks up now and then to stop. */
  private long pollNanos() {
    long idle = Duration.ofMillis(100).toNanos();
    return segment == null ? idle : Math.clamp(ageLeftNanos(), 0, idle);
  }

  private long ageLeftNanos() {
    // Who waits for more than the disk has a deadline, and what is answered from memory is synced
    // when its segment closes: those are not stretched.
    boolean mayStretch = late.isEmpty() && !answeredFromMemory;
    Duration usual = options.segmentAgeMax();
    Duration ageMax = mayStretch ? pressure.segmentAge(usual) : usual;
    return ageMax.toNanos() - (time.nanoTime() - openedNanos);
  }

  private void group(Submission first) throws InterruptedException {
    groupBytes = 0;
    groupNanos = time.nanoTime();
    Submission next = first;
    while (next != null) {
      take(next);
      boolean full =
          group.size() >= GROUP_PAYLOADS_MAX || groupBytes >= GROUP_BYTES_MAX || isFull();
      next = full ? null : nextOfGroup();
    }
    if (group.isEmpty()) {
      return;
    }
    segment().sync();
    for (Answer answer : group) {
      answer.submission.outcome().complete(answer.outcome);
    }
    group.clear();
  }

  /**
   * The next payload that shares the sync. Where several wait, more are on their way: a moment's
   * patience makes one sync of two. A lone client never waits for company.
   *
   * <p>It sleeps rather than waits on the queue: to be woken for each payload costs more, here and
   * in the thread that brings it, than to decode a small one.
   */
  private @Nullable Submission nextOfGroup() throws InterruptedException {
    Submission waiting = queue.poll();
    if (waiting != null || group.size() < COMPANY) {
      return waiting;
    }
    long leftNanos = GATHER.toNanos() - (time.nanoTime() - groupNanos);
    if (leftNanos <= 0) {
      return null;
    }
    time.sleep(Duration.ofNanos(Math.min(leftNanos, GATHER_STEP.toNanos())));
    return queue.poll();
  }

  /** Decodes and appends one payload; its answer waits for the sync unless it is refused. */
  private void take(Submission submission) throws InterruptedException {
    waitingBytes.addAndGet(-costBytes(submission));
    open();
    Lanes into = lanes();
    into.mark();
    decoded.reset();
    Outcome refusal;
    try {
      decoder.decode(submission.payload(), into, decoded);
      if (segment().append(submission.payload())) {
        accept(submission);
        return;
      }
      counters.refusedJournalFull.increment();
      refusal =
          new Outcome.RetryLater(admission.retryAfter(), segment().fullBecause(), "journal_full");
    } catch (MalformedPayloadException e) {
      counters.malformed.increment();
      refusal = new Outcome.Malformed(String.valueOf(e.getMessage()));
    } catch (BodyTooLargeException e) {
      counters.tooLarge.increment();
      refusal = new Outcome.TooLarge(String.valueOf(e.getMessage()));
    } catch (JournalFailure e) {
      throw e;
    } catch (RuntimeException bug) {
      // A body must never stop the gateway: its sender would send it again, for ever.
      log.error("cannot decode a {} body: a bug", submission.payload().kind().label(), bug);
      counters.decoderFailures.increment();
      refusal = new Outcome.Malformed("cannot decode body: the gateway failed at it, see its log");
    }
    into.rollback();
    submission.outcome().complete(refusal);
  }

  private void accept(Submission submission) {
    counters.accepted(submission.payload().kind(), decoded);
    lanes().count(submission.payload(), decoded.stored(), decoded.rejected(), decoded.dropped());
    groupBytes += submission.payload().length();
    Outcome.Accepted outcome =
        new Outcome.Accepted(
            decoded.stored() + decoded.dropped(),
            decoded.rejected(),
            decoded.firstReason(),
            decoded.itemsText());
    switch (submission.ack()) {
      case DISK -> group.add(new Answer(submission, outcome));
      case MEMORY -> {
        answeredFromMemory = true;
        submission.outcome().complete(outcome);
      }
      case OBJECT, CLICKHOUSE -> late.add(submission, outcome, counters);
    }
  }

  private void open() throws InterruptedException {
    if (segment == null) {
      lanes = lanesPool.take();
      follow(rules.current());
      segment = journal.begin(followed.id());
      openedNanos = time.nanoTime();
      answeredFromMemory = false;
    }
  }

  /** A segment is decoded under one set of rules: others wait for the next segment. */
  private void follow(RulesInForce.Named now) {
    if (!now.id().equals(followed.id())) {
      followed = now;
      decoder = new PayloadDecoder(options.limits(), now.rules());
    }
  }

  private boolean isDue() {
    return isFull() || ageLeftNanos() <= 0;
  }

  private boolean isFull() {
    return segment().sizeBytes() >= options.segmentBytesMax()
        || lanes().rowsMax() >= options.blockRowsMax()
        || lanes().sizeBytes() >= options.blockBytesMax();
  }

  private void seal() {
    ClosedSegment closed = segment().close();
    counters.ledger().received(closed, lanes().tally());
    if (!late.isEmpty()) {
      closed.tell(late);
      late = new LateAnswers();
    }
    outbox.add(closed, lanes());
    counters.segmentsSealed.increment();
    segment = null;
    lanes = null;
  }

  private OpenSegment segment() {
    if (segment == null) {
      throw new IllegalStateException("no segment is open");
    }
    return segment;
  }

  private Lanes lanes() {
    if (lanes == null) {
      throw new IllegalStateException("no lanes are open");
    }
    return lanes;
  }
}
