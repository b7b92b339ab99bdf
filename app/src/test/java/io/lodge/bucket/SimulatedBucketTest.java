package io.lodge.bucket;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.util.Random;
import org.junit.jupiter.api.Test;

class SimulatedBucketTest extends BucketContract {
  private final SimulatedBucket bucket = new SimulatedBucket(new Random(1), () -> Instant.EPOCH);

  @Override
  Bucket bucket() {
    return bucket;
  }

  @Test
  void aCallThatFailsMayBeDone() throws Exception {
    bucket.fail(1);
    int done = 0;
    for (int i = 0; i < 100; i++) {
      String name = "x/" + i;
      assertThatThrownBy(() -> bucket.putIfAbsent(name, content("x")))
          .isInstanceOf(BucketFault.class);
    }
    bucket.fail(0);
    for (int i = 0; i < 100; i++) {
      done += bucket.find("x/" + i).isPresent() ? 1 : 0;
    }
    assertThat(done).isBetween(20, 80);
  }
}
