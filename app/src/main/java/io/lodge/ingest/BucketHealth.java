package io.lodge.ingest;

import io.lodge.bucket.BucketFault;
import java.util.concurrent.atomic.LongAdder;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** How the bucket does: what failed last, said once when it begins and ends. Thread-safe. */
final class BucketHealth {
  private static final Logger log = LoggerFactory.getLogger(BucketHealth.class);

  private final LongAdder failures = new LongAdder();
  private String trouble = "";

  synchronized void failed(BucketFault fault) {
    failures.increment();
    if (trouble.isEmpty()) {
      log.warn("{}; tried again, what waits stays where it is", fault.getMessage());
    }
    trouble = String.valueOf(fault.getMessage());
  }

  synchronized void worked() {
    if (!trouble.isEmpty()) {
      log.info("the bucket works again");
      trouble = "";
    }
  }

  /** What the last call met; empty if it was done. */
  synchronized String trouble() {
    return trouble;
  }

  long failures() {
    return failures.sum();
  }
}
