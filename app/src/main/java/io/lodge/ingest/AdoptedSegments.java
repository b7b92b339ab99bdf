package io.lodge.ingest;

import io.lodge.base.Time;
import io.lodge.journal.ClosedSegment;
import io.lodge.journal.Journal;
import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Looks now and then for segments of dead gateways that {@code lodge journal adopt} has put beside
 * this one's, and puts them in line. What they sent before they died is not known.
 */
final class AdoptedSegments {
  private static final Logger log = LoggerFactory.getLogger(AdoptedSegments.class);

  private static final Duration LOOK = Duration.ofSeconds(2);

  private final Journal journal;
  private final Backlog backlog;
  private final Time time;
  private final Consumer<Throwable> fatal;
  private final Thread thread;
  private volatile boolean stopping;

  AdoptedSegments(Journal journal, Backlog backlog, Time time, Consumer<Throwable> fatal) {
    this.journal = journal;
    this.backlog = backlog;
    this.time = time;
    this.fatal = fatal;
    thread = Thread.ofVirtual().name("adopt").unstarted(this::run);
  }

  void start() {
    thread.start();
  }

  private void run() {
    try {
      while (!stopping) {
        turn();
        time.sleep(LOOK);
      }
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
    } catch (Throwable broken) {
      if (!stopping) {
        fatal.accept(broken);
      }
    }
  }

  void turn() {
    List<ClosedSegment> adopted = journal.adopted();
    adopted.forEach(backlog::adopt);
    if (!adopted.isEmpty()) {
      log.info("adopted {} segments of a dead gateway", adopted.size());
    }
  }

  void stop() throws InterruptedException {
    stopping = true;
    thread.interrupt();
    thread.join();
  }
}
